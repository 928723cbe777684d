using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;

namespace Paydown.Server.Loans;

/// <summary>
/// All that is stored of one loan: the account, its terms, its events and the cached balances. The figures that count
/// come from
/// <see cref="Replay"/>.
/// </summary>
public sealed record StoredLoan
{
    public required Guid CustomerId { get; init; }

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid? ApplicationId { get; init; }

    public required string ProductName { get; init; }

    public required string AccountProductName { get; init; }

    public required PaymentMethod RepaymentMethod { get; init; }

    /// <summary>The ISO 11649 creditor reference that a transfer for this loan carries.</summary>
    public required string Reference { get; init; }

    public required LoanTerms Terms { get; init; }

    /// <summary>Who collects instead of the lender; null: the lender.</summary>
    public required string? Collector { get; init; }

    public required DateOnly? AppliedOn { get; init; }

    public required DateOnly? DisbursedOn { get; init; }

    /// <summary>The state as of the last event. It changes with the days, so never in arrears.</summary>
    public required LoanStatus State { get; init; }

    /// <summary>Cached balances, in minor units.</summary>
    public required ComponentAmounts Balance { get; init; }

    /// <summary>Cached amount that closes the loan, in minor units.</summary>
    public required long PayoffMinor { get; init; }

    public required long OverpaidMinor { get; init; }

    /// <summary>Reported and not decided, in minor units.</summary>
    public required long PendingMinor { get; init; }

    /// <summary>The day for which the cached balances hold; null: any day.</summary>
    public required DateOnly? BalanceOn { get; init; }

    public required DateOnly? NextDueOn { get; init; }

    public required int InstallmentCount { get; init; }

    /// <summary>In order of recording.</summary>
    public required IReadOnlyList<LoanEvent> Events { get; init; }

    public Currency Currency => Terms.Currency;

    /// <summary>Order of recording of the next event.</summary>
    public int NextSequence => Events.Count + 1;

    /// <summary>
    /// A day for which the cached balances hold, and the ledger with them: <see cref="BalanceOn"/>, or any.
    /// </summary>
    public DateOnly BookedOn => BalanceOn ?? Events.Select(one => one.On).DefaultIfEmpty(Terms.SubmittedOn).Max();

    /// <summary>The state of the loan on a day.</summary>
    public Loan Replay(DateOnly asOf) => Loan.Replay(Terms, Events, asOf);

    /// <summary>What repaying and paying off accept on the day of a state of this loan.</summary>
    public Money TotalPayable(Loan loan) => PayableRules.TotalPayable(loan, PendingMinor);

    /// <summary>What the rules see of it when a repayment is recorded on a day.</summary>
    public PayableLoan ToPayable(DateOnly today)
    {
        var loan = Replay(today);
        return new PayableLoan
        {
            ApplicationId = ApplicationId,
            IsSettled = PayableRules.IsSettled(loan.Status),
            IsCollectedByThirdParty = Collector is not null,
            Payoff = Money(loan.Payoff.Total),
            Pending = Money(PendingMinor),
            DisbursedOn = DisbursedOn,
            Reference = Reference,
        };
    }

    /// <summary>An amount of this loan's currency.</summary>
    public Money Money(long minorUnits) => new(minorUnits, Currency);

    /// <summary>This loan with more events, and the balances that the fold gives for them.</summary>
    public StoredLoan WithState(Loan state, IReadOnlyList<LoanEvent> events) =>
        this with
        {
            Events = events,
            State = StateOf(state.Status),
            Balance = state.Outstanding,
            PayoffMinor = state.Payoff.Total,
            OverpaidMinor = state.OverpaidMinor,
            BalanceOn = state.HoldsOnAnyDay ? null : state.AsOf,
            NextDueOn = state.Installments.FirstOrDefault(installment => !installment.IsPaid)?.DueOn,
            InstallmentCount = state.Installments.Count,
        };

    /// <summary>
    /// An act on this loan, as four eyes sees it: any event of the loan ends a first approval. The loan must be locked.
    /// </summary>
    /// <param name="kind">What is to be done.</param>
    /// <param name="amount">What the four-eyes amount is compared with.</param>
    /// <param name="terms">What exactly is approved.</param>
    /// <param name="reason">Why.</param>
    public Act ActOf(ActKind kind, Money amount, object terms, string? reason) =>
        new()
        {
            Kind = kind,
            OrganisationId = OrganisationId,
            SubjectId = Id,
            SubjectVersion = Events.Count,
            CustomerId = CustomerId,
            AccountId = Id,
            Currency = Currency,
            AmountMinor = amount.MinorUnits,
            Terms = terms,
            Reason = reason,
        };

    // Arrears come and go with the days: they are shown from the due date, and never stored.
    private static LoanStatus StateOf(LoanStatus status) => status == LoanStatus.InArrears ? LoanStatus.Active : status;
}
