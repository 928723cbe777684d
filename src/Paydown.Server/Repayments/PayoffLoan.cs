using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Repayments;

/// <summary>
/// A customer pays off a loan. A bank transfer is recorded as a repayment of all that is payable, and waits for
/// verification.
/// </summary>
public sealed class PayoffLoan(IdempotentWrites writes, OrganisationDirectory organisations, TimeProvider time, Ids ids)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Id("loanApplicationId", "The application of the loan."),
        Field.OneOf("paymentMethod", "How it is paid.", "WALLET", "BANK_TRANSFER", "CARD")
            with { Example = "BANK_TRANSFER" },
        Field.Text("transactionPin", "Where the organisation asks for one.", 0, 64).Optional(),
        Field.Amount("payoffAmount", "Absent: all that is payable today; no other amount is accepted.").Optional()
            with { Example = 624080.38m },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(call, connection => PayOffAsync(connection, call, organisation.Today(time)));
    }

    private async ValueTask<Answer> PayOffAsync(NpgsqlConnection connection, Call call, DateOnly today)
    {
        var file = await LoanStore.FindByApplicationAsync(
            connection, call.Caller.UserId, call.Body.Id("loanApplicationId"), forUpdate: true, call.Cancellation);
        var loan = file?.Replay(today);
        var request = new PayoffRequest(call.Body.Text("paymentMethod"), call.Body.AmountOrNull("payoffAmount"));
        var payable = PayoffRules.PayOff(loan, file?.Collector is not null, file?.PendingMinor ?? 0, request);
        if (payable.IsRefused) return Answer.Refused(payable.Refusal);

        var payoff = new RecordedPayoff(ids.Next(), file!, payable.Value, today, time.GetUtcNow());
        await PayoffStore.RecordAsync(connection, payoff, call.Cancellation);
        return Answer.Success(PayoffAnswer.Of(payoff, PayableRules.Owed(loan!).Total), PayoffAnswer.Waits);
    }
}

/// <summary>A payoff that is about to be written.</summary>
/// <param name="Id">The repayment's id.</param>
/// <param name="File">The loan, locked.</param>
/// <param name="Amount">All that is payable.</param>
/// <param name="PaidOn">The date in the organisation's time zone.</param>
/// <param name="RecordedAt">Now.</param>
public sealed record RecordedPayoff(Guid Id, LoanFile File, Money Amount, DateOnly PaidOn, DateTimeOffset RecordedAt);

/// <summary>What a payoff is answered with, in the order of the contract.</summary>
public sealed record PayoffAnswer
{
    internal const string Waits =
        "Your payoff is recorded and waits for verification: transfer the amount with the transaction reference, " +
        "if you have not yet.";

    public required Guid RepaymentId { get; init; }
    public required Guid? LoanApplicationId { get; init; }
    public required Money PayoffAmount { get; init; }

    /// <summary>What is outstanding until it is verified.</summary>
    public required Money RemainingBalance { get; init; }

    /// <summary><c>DISBURSED</c> until it is verified, then <c>PAID_OFF</c>.</summary>
    public required string LoanStatus { get; init; }

    /// <summary>The loan's creditor reference, to be written on the transfer.</summary>
    public required string TransactionReference { get; init; }
    public required DateOnly PayoffDate { get; init; }

    /// <summary>As of any repayment.</summary>
    public required string VerificationStatus { get; init; }

    public static PayoffAnswer Example { get; } = new()
    {
        RepaymentId = Guid.Parse("01957ad2-7c00-7000-8000-000000000001"),
        LoanApplicationId = Guid.Parse("01957ad2-7c00-7000-8000-00000000a001"),
        PayoffAmount = Money.FromMajor(624_080.38m, Currency.Get("NGN")),
        RemainingBalance = Money.FromMajor(624_080.38m, Currency.Get("NGN")),
        LoanStatus = "DISBURSED",
        TransactionReference = "RF18539007547034",
        PayoffDate = new DateOnly(2026, 3, 1),
        VerificationStatus = "PENDING_VERIFICATION",
    };

    public static PayoffAnswer Of(RecordedPayoff payoff, long outstandingMinor) => new()
    {
        RepaymentId = payoff.Id,
        LoanApplicationId = payoff.File.ApplicationId,
        PayoffAmount = payoff.Amount,
        RemainingBalance = payoff.File.Money(outstandingMinor),
        LoanStatus = "DISBURSED",
        TransactionReference = payoff.File.Reference,
        PayoffDate = payoff.PaidOn,
        VerificationStatus = "PENDING_VERIFICATION",
    };
}
