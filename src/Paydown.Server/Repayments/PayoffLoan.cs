using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Wallets;

namespace Paydown.Server.Repayments;

/// <summary>
/// A customer pays off a loan. A bank transfer is recorded as a repayment of the total payable and awaits verification;
/// a payment from the wallet settles at once.
/// </summary>
public sealed class PayoffLoan(SingleWrites writes, LoanChanges changes, TransactionPins pins, Ids ids) : IUseCase
{
    private static readonly Field<LoanApplicationId> LoanApplicationId = Field.Id<LoanApplicationId>(
        "loanApplicationId",
        "The application of the loan."
    );
    private static readonly Field<PaymentMethod> Method = Field
        .OneOf("paymentMethod", "How it is paid.", PaymentMethod.Wallet, PaymentMethod.BankTransfer, PaymentMethod.Card)
        .WithExample("BANK_TRANSFER");
    private static readonly Field<decimal?> PayoffAmount = Field
        .Amount("payoffAmount", "The total payable today; any other amount is refused. Absent: the total payable.")
        .Optional()
        .WithExample(624080.38m);

    public static Contract Contract { get; } =
        new Contract("Pay off a loan")
            .Reads(LoanApplicationId, Method, SetTransactionPin.TransactionPin, PayoffAmount)
            .Returns<PayoffAnswer>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.LoanNotDisbursed("APPROVED"),
                Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed(),
                Refusals.PaymentMethodNotAvailable("CARD"),
                Refusals.RepaymentsPending(Sample.Amount),
                Refusals.NothingToPayOff(Sample.Amount),
                Refusals.PayoffAmountInvalid(Sample.Amount),
                Refusals.WalletTooLow(Sample.Amount, Sample.Amount),
                Refusals.TransactionPinRequired(),
                Refusals.TransactionPinNotSet(),
                TransactionPins.Wrong,
                TransactionPins.Locked(900)
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => PayOffAsync(connection, call, context));

    private async ValueTask<Answer> PayOffAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var stored = await LoanStore.FindByApplicationAsync(
            connection,
            call.Caller.CustomerId,
            call.Body.Get(LoanApplicationId),
            forUpdate: true,
            call.Cancellation
        );
        if (stored is null)
        {
            return Answer.Refused(
                await MissingLoan.RefuseAsync(connection, call, call.Body.Get(LoanApplicationId), context.At)
            );
        }

        var request = new PayoffRequest(call.Body.Get(Method), call.Body.Get(PayoffAmount));
        var (isFromWallet, wallet) = (request.Method == PaymentMethod.Wallet, Money.Zero(stored.Currency));
        // Locks are taken in this order: loan, PIN, wallet.
        var wrong = await pins.CheckAsync(
            connection,
            stored.CustomerId,
            stored.OrganisationId,
            call.Body.Get(SetTransactionPin.TransactionPin),
            takesMoney: isFromWallet,
            call.Cancellation
        );
        if (wrong is not null)
            return Answer.Refused(wrong);
        if (isFromWallet)
        {
            wallet = await WalletStore.LockAsync(
                connection,
                stored.CustomerId,
                stored.OrganisationId,
                stored.Currency,
                call.Cancellation
            );
        }

        var loan = stored.Replay(context.Today);
        var payable = PayoffRules.PayOff(loan, stored.Collector is not null, stored.Pending, request, wallet);
        if (payable.IsRefused)
            return Answer.Refused(payable.Refusal);
        var payoff = new RecordedPayoff(ids.Next<RepaymentId>(), stored, payable.Value, request.Method, context);
        return isFromWallet
            ? await SettleAsync(connection, payoff, call.Cancellation)
            : await RecordAsync(connection, payoff, loan, call.Cancellation);
    }

    private async ValueTask<Answer> SettleAsync(
        NpgsqlConnection connection,
        RecordedPayoff payoff,
        CancellationToken cancellation
    )
    {
        var change = changes.PayFromWallet(payoff.Stored, payoff.ToRepayment(), payoff.ActionContext);
        await PayoffStore.SettleAsync(connection, payoff, change, cancellation);
        return Answer.Success(PayoffAnswer.Settled(payoff, change), PayoffAnswer.SettledMessage);
    }

    private static async ValueTask<Answer> RecordAsync(
        NpgsqlConnection connection,
        RecordedPayoff payoff,
        Loan loan,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        RepaymentRecordStore.AddPendingTo(batch, [payoff.ToNewRepayment()]);
        await batch.ExecuteNonQueryAsync(cancellation);
        return Answer.Success(
            PayoffAnswer.Waiting(payoff, payoff.Stored.Money(PayableRules.Owed(loan).Total)),
            PayoffAnswer.RecordedMessage
        );
    }
}

/// <summary>A payoff that is about to be written.</summary>
/// <param name="Id">The repayment's id.</param>
/// <param name="Stored">The loan, locked.</param>
/// <param name="Amount">The total payable.</param>
/// <param name="Method">A bank transfer, or the wallet.</param>
/// <param name="ActionContext">The customer and the current instant. The payoff counts from today.</param>
public sealed record RecordedPayoff(
    RepaymentId Id,
    StoredLoan Stored,
    Money Amount,
    PaymentMethod Method,
    ActionContext ActionContext
)
{
    /// <summary>The payoff as a repayment that awaits verification.</summary>
    public NewRepayment ToNewRepayment() =>
        new()
        {
            CustomerId = Stored.CustomerId,
            Id = Id,
            OrganisationId = Stored.OrganisationId,
            AccountId = Stored.Id,
            Amount = Amount,
            Method = Method,
            Reference = Stored.Reference,
            ReferenceMatches = true,
            PaidOn = ActionContext.Today,
            IsPayoff = true,
            RecordedBy = ActionContext.By,
            RecordedAt = ActionContext.At,
        };

    /// <summary>The payoff as a repayment from the wallet.</summary>
    public StoredRepayment ToRepayment() =>
        new()
        {
            CustomerId = Stored.CustomerId,
            Id = Id,
            OrganisationId = Stored.OrganisationId,
            AccountId = Stored.Id,
            Amount = Amount,
            Method = PaymentMethod.Wallet,
            PaidOn = ActionContext.Today,
            Status = RepaymentStatus.PendingVerification,
            RecordedBy = ActionContext.By,
            FirstApprovedBy = null,
        };
}

/// <summary>The response to a payoff, in the field order of the contract.</summary>
public sealed record PayoffAnswer
{
    internal const string RecordedMessage =
        "Your payoff is recorded and awaits verification. If you have not yet done so, transfer the amount "
        + "with the transaction reference.";

    internal const string SettledMessage = "The loan is paid off from your wallet.";

    /// <summary>The id of the repayment that pays the loan off.</summary>
    public required RepaymentId RepaymentId { get; init; }

    /// <summary>The loan's application.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The amount of the payoff.</summary>
    public required Money PayoffAmount { get; init; }

    /// <summary>The amount outstanding until the payoff is verified; 0 if it was paid from the wallet.</summary>
    public required Money RemainingBalance { get; init; }

    /// <summary><c>DISBURSED</c> until the payoff is verified, then <c>PAID_OFF</c>.</summary>
    public required string LoanStatus { get; init; }

    /// <summary>The loan's creditor reference, to be written on the transfer.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>The day from which the payoff counts.</summary>
    public required DateOnly PayoffDate { get; init; }

    /// <summary><c>PENDING_VERIFICATION</c>, or <c>VERIFIED</c> if it was paid from the wallet.</summary>
    public required string VerificationStatus { get; init; }

    public static PayoffAnswer Waiting(RecordedPayoff payoff, Money outstanding) =>
        Of(payoff, outstanding, "DISBURSED", RepaymentStatus.PendingVerification);

    public static PayoffAnswer Settled(RecordedPayoff payoff, LoanChange change) =>
        Of(payoff, change.After.Money(change.State.Outstanding.Total), "PAID_OFF", RepaymentStatus.Verified);

    private static PayoffAnswer Of(
        RecordedPayoff payoff,
        Money outstanding,
        string loanStatus,
        RepaymentStatus status
    ) =>
        new()
        {
            RepaymentId = payoff.Id,
            LoanApplicationId = payoff.Stored.ApplicationId,
            PayoffAmount = payoff.Amount,
            RemainingBalance = outstanding,
            LoanStatus = loanStatus,
            TransactionReference = payoff.Stored.Reference,
            PayoffDate = payoff.ActionContext.Today,
            VerificationStatus = Words.Write(status.ShownToCustomer()),
        };
}
