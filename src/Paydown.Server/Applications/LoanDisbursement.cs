using System.Buffers.Binary;
using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Repayments;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Wallets;

namespace Paydown.Server.Applications;

/// <summary>A disbursement that was made.</summary>
/// <param name="Application">The application after the disbursement.</param>
/// <param name="Loan">The loan after the disbursement.</param>
/// <param name="Amount">The amount of this disbursement.</param>
/// <param name="Deducted">The fees deducted from it.</param>
/// <param name="DownPayment">The down payment collected from it.</param>
public sealed record PaidOut(
    StoredApplication Application,
    StoredLoan Loan,
    Money Amount,
    Money Deducted,
    Money DownPayment
)
{
    /// <summary>The amount credited to the wallet.</summary>
    public Money Credited => Amount - Deducted - DownPayment;
}

/// <summary>A disbursement that is allowed but not written yet.</summary>
/// <param name="Running">The loan, locked; null for the first disbursement.</param>
/// <param name="Amount">The amount to pay out now.</param>
/// <param name="Total">The loan's total disbursements, this one included.</param>
public sealed record DecidedDisbursement(StoredLoan? Running, Money Amount, Money Total)
{
    /// <summary>True if two officers must approve it.</summary>
    public bool NeedsTwoOfficers(StoredApplication stored) => Total > stored.TwoOfficersAbove;
}

/// <summary>
/// Pays a loan out: opens the account or adds to a running one, and credits the customer's wallet. All of it happens in
/// the transaction that has locked the application. The lock and the application's loan id prevent a second payout; a
/// unique index is the last safeguard.
/// </summary>
public sealed class LoanDisbursement(LoanChanges changes, Ids ids)
{
    private const string ReferenceDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Locks the loan, if there is one, and decides what to pay out now.</summary>
    /// <param name="connection">A connection whose transaction has locked the application.</param>
    /// <param name="stored">The application.</param>
    /// <param name="context">Who pays out, and when.</param>
    /// <param name="amount">In major units; null for all that is left.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<Result<DecidedDisbursement>> DecideAsync(
        NpgsqlConnection connection,
        StoredApplication stored,
        ActionContext context,
        decimal? amount,
        CancellationToken cancellation
    )
    {
        var running = stored.AccountId is { } loanId
            ? await LoanStore.FindAsync(connection, stored.CustomerId, loanId, forUpdate: true, cancellation)
            : null;
        var state = running?.Replay(context.Today);
        var decided = Disbursement.Decide(CaseOf(stored, state, context), amount);
        if (decided.IsRefused)
            return decided.Refusal;
        return new DecidedDisbursement(
            running,
            decided.Value,
            state is null ? decided.Value : state.Disbursed + decided.Value
        );
    }

    /// <summary>Pays out, and writes everything the change contains.</summary>
    /// <param name="connection">A connection whose transaction has locked the application and the loan.</param>
    /// <param name="change">The change so far.</param>
    /// <param name="decided">The disbursement to make.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<PaidOut> DisburseAsync(
        NpgsqlConnection connection,
        ApplicationChange change,
        DecidedDisbursement decided,
        CancellationToken cancellation
    )
    {
        var (stored, context, running) = (change.After, change.ActionContext, decided.Running);
        var isFirst = running is not { State: not LoanStatus.PendingDisbursement };
        var loan = isFirst
            ? Open(stored, decided, await AccrualOfAsync(connection, stored, cancellation), context)
            : changes.Disburse(running!, decided.Amount, context);
        var deducted = isFirst
            ? Disbursement.DeductedOf(stored.Offer!.Fees, stored.Currency)
            : Money.Zero(stored.Currency);
        var paidOut = new PaidOut(stored, loan.After, decided.Amount, deducted, DownPaymentOf(loan));
        var disbursed = Disbursed(change, loan, paidOut);

        await WalletStore.LockAsync(
            connection,
            stored.CustomerId,
            stored.OrganisationId,
            stored.Currency,
            cancellation
        );
        await using var batch = new NpgsqlBatch(connection);
        LoanChangeStore.AddTo(batch, [loan]);
        WalletStore.AddTo(batch, [.. MovementsOf(stored, loan, paidOut, isFirst)]);
        ApplicationChangeStore.AddTo(batch, disbursed);
        await batch.ExecuteNonQueryAsync(cancellation);
        return paidOut with { Application = disbursed.After };
    }

    private static DisbursementCase CaseOf(StoredApplication stored, Loan? loan, ActionContext context) =>
        new()
        {
            Status = stored.StatusAt(context.At),
            TermsAreAccepted = stored.TermsAcceptedAt is not null,
            On = context.Today,
            AcceptedTotal = stored.Accepted?.Total,
            Terms =
                stored.Offer?.Terms
                ?? ProductTerms.Of(
                    stored.Product,
                    stored.Requested,
                    stored.Duration,
                    stored.Product.AnnualRatePercent,
                    stored.RequestedOn
                ),
            Fees = stored.Offer?.Fees ?? [],
            Product = stored.Product,
            Loan = loan,
        };

    private static Task<AccrualRule> AccrualOfAsync(
        NpgsqlConnection connection,
        StoredApplication stored,
        CancellationToken cancellation
    ) => OrganisationStore.GetAccrualRuleAsync(connection, stored.OrganisationId, cancellation);

    private LoanChange Open(
        StoredApplication stored,
        DecidedDisbursement decided,
        AccrualRule accrual,
        ActionContext context
    )
    {
        var events = Disbursement.FirstEvents(
            stored.Offer!.Terms,
            stored.Offer.Fees,
            decided.Amount,
            context.Today,
            ids.Next<LoanEventId>
        );
        if (decided.Running is { } undone)
            return changes.OpenAgain(undone, events, accrual, context);
        var id = ids.Next<LoanId>();
        return changes.Open(
            AccountOf(stored, id) with
            {
                Standing = new DayStanding { Accrual = accrual },
            },
            events,
            context
        );
    }

    private static StoredLoan AccountOf(StoredApplication stored, LoanId id) =>
        new()
        {
            CustomerId = stored.CustomerId,
            Id = id,
            OrganisationId = stored.OrganisationId,
            ApplicationId = stored.Id,
            ProductName = stored.Product.Name,
            AccountProductName = stored.Product.AccountProductName,
            RepaymentMethod = stored.RepaymentMethod,
            Reference = ReferenceOf(id).Value,
            Terms = stored.Offer!.Terms,
            Collector = null,
            AppliedOn = stored.RequestedOn,
            DisbursedOn = null,
            State = LoanStatus.PendingDisbursement,
            Balance = default,
            Payoff = Money.Zero(stored.Currency),
            Overpaid = Money.Zero(stored.Currency),
            Pending = Money.Zero(stored.Currency),
            BalanceOn = null,
            NextDueOn = null,
            InstallmentCount = 0,
            Events = [],
        };

    // The random half of the id in 13 letters and digits, short enough to type.
    private static CreditorReference ReferenceOf(LoanId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var number = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        Span<char> body = stackalloc char[13];
        for (var i = body.Length - 1; i >= 0; i--, number /= 36)
            body[i] = ReferenceDigits[(int)(number % 36)];
        return CreditorReference.FromBody(new string(body));
    }

    private static Money DownPaymentOf(LoanChange loan)
    {
        var id = DerivedId.DownPayment(loan.Events[0].Id);
        return loan.State.Transactions.FirstOrDefault(one => one.EventId == id)?.Amount
            ?? Money.Zero(loan.After.Currency);
    }

    private ApplicationChange Disbursed(ApplicationChange change, LoanChange loan, PaidOut paidOut)
    {
        var message = new DisbursementPayload(
            change.After.Id,
            loan.After.Id,
            loan.After.CustomerId,
            paidOut.Amount,
            paidOut.Credited,
            change.ActionContext.Today,
            loan.After.Currency.Code,
            change.ActionContext.At
        );
        return change
            .To(ApplicationStatus.Disbursed, $"{paidOut.Amount} paid out, {paidOut.Credited} of it to the wallet.")
            .With(stored => stored with { AccountId = loan.After.Id, LoanState = loan.After.State })
            .MessageOf(EventType.LoanDisbursed, message, loan.After.Id)
            .Recorded(
                ids,
                "LOAN_DISBURSED",
                new
                {
                    AccountId = loan.After.Id,
                    paidOut.Amount,
                    paidOut.Deducted,
                    paidOut.DownPayment,
                }
            );
    }

    // The wallet receives the whole amount, and pays the deducted fees and the down payment from it.
    private IEnumerable<WalletMovement> MovementsOf(
        StoredApplication stored,
        LoanChange loan,
        PaidOut paidOut,
        bool isFirst
    )
    {
        var (disbursementId, on) = (loan.Events[0].Id, loan.ActionContext.Today);
        yield return Movement(WalletPostings.DisbursedToWallet(disbursementId, paidOut.Amount, on));
        foreach (var fee in stored.Offer!.Fees.Where(fee => isFirst && fee.Charged == FeeCharged.Deducted))
        {
            yield return Movement(WalletPostings.DisbursementFeeDeducted(disbursementId, fee.Amount, on, fee.Name));
        }

        if (paidOut.DownPayment.IsPositive)
        {
            yield return Movement(
                WalletPostings.RepaidFromWallet(
                    DerivedId.DownPayment(disbursementId).AsRepayment,
                    paidOut.DownPayment,
                    on
                )
            );
        }

        WalletMovement Movement(JournalEntry entry) =>
            new(
                stored.CustomerId,
                stored.OrganisationId,
                new BookedEntry(ids.Next<JournalEntryId>(), entry),
                loan.ActionContext.At
            );
    }
}
