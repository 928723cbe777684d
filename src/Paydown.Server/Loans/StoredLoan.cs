using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;

namespace Paydown.Server.Loans;

/// <summary>
/// Everything stored about one loan: the account, its terms, its events and the cached balances. The authoritative
/// figures come from <see cref="Replay"/>.
/// </summary>
public sealed record StoredLoan
{
    public required CustomerId CustomerId { get; init; }

    public required LoanId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? ApplicationId { get; init; }

    public required string ProductName { get; init; }

    public required string AccountProductName { get; init; }

    public required PaymentMethod RepaymentMethod { get; init; }

    /// <summary>The ISO 11649 creditor reference that transfers for this loan carry.</summary>
    public required string Reference { get; init; }

    public required LoanTerms Terms { get; init; }

    /// <summary>The third party that collects the loan; null if the lender collects it.</summary>
    public required string? Collector { get; init; }

    public required DateOnly? AppliedOn { get; init; }

    public required DateOnly? DisbursedOn { get; init; }

    /// <summary>The state as of the last event; never in arrears, which depends on the day.</summary>
    public required LoanStatus State { get; init; }

    /// <summary>The cached outstanding amounts, in minor units.</summary>
    public required ComponentAmounts Balance { get; init; }

    /// <summary>The cached amount that closes the loan.</summary>
    public required Money Payoff { get; init; }

    public required Money Overpaid { get; init; }

    /// <summary>The sum of repayments that await verification.</summary>
    public required Money Pending { get; init; }

    /// <summary>The day for which the cached balances hold; null if they hold on any day.</summary>
    public required DateOnly? BalanceOn { get; init; }

    public required DateOnly? NextDueOn { get; init; }

    public required int InstallmentCount { get; init; }

    /// <summary>What the last end of day has left.</summary>
    public DayStanding Standing { get; init; } = new();

    /// <summary>The first day whose end of day has something to do; null if there is none.</summary>
    public DateOnly? NextActionOn { get; init; }

    /// <summary>The loan's events, in order of recording.</summary>
    public required IReadOnlyList<LoanEvent> Events { get; init; }

    public Currency Currency => Terms.Currency;

    /// <summary>The sequence number of the next event.</summary>
    public int NextSequence => Events.Count + 1;

    /// <summary>
    /// A day for which the cached balances and the ledger hold: <see cref="BalanceOn"/>, or the last value date if they
    /// hold on any day.
    /// </summary>
    public DateOnly BookedOn => BalanceOn ?? LastOn(Terms, Events);

    /// <summary>The state of the loan as of a day.</summary>
    public Loan Replay(DateOnly asOf) => Loan.Replay(Terms, Events, asOf);

    /// <summary>An amount in this loan's currency.</summary>
    public Money TotalPayable(Loan loan) => PayableRules.TotalPayable(loan, Pending);

    /// <summary>The loan as the rules see it when a repayment is recorded.</summary>
    public PayableLoan ToPayable(DateOnly today)
    {
        var loan = Replay(today);
        return new PayableLoan
        {
            ApplicationId = ApplicationId,
            IsSettled = PayableRules.IsSettled(loan.Status),
            IsCollectedByThirdParty = Collector is not null,
            Payoff = Money(loan.Payoff.Total),
            Pending = Pending,
            DisbursedOn = DisbursedOn,
            Reference = Reference,
        };
    }

    /// <summary>An amount of this loan's currency.</summary>
    public Money Money(long minorUnits) => new(minorUnits, Currency);

    /// <summary>This loan after a change.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="events">Its events.</param>
    /// <param name="accrued">The earned interest that the ledger shows.</param>
    public StoredLoan After(Loan state, IReadOnlyList<LoanEvent> events, AccruedInterest? accrued)
    {
        var standing = Standing with { Accrued = accrued };
        standing = standing with { Provision = standing.Provision?.UsedBy(state, standing.Lost(Currency)) };
        var next = NextAction.AfterChange(state, standing);
        // Which days its organisation reminds of is known to the end of day only. Money brings no such day forward.
        if (events.Skip(Events.Count).Any(one => one is not PaymentReceived))
            next = state.AsOf;
        else if (NextActionOn is { } before && !(next < before))
            next = before;
        return WithState(state, events, standing, next);
    }

    /// <summary>
    /// This loan with the given events, the balances of the given state, and what the days have left.
    /// </summary>
    public StoredLoan WithState(
        Loan state,
        IReadOnlyList<LoanEvent> events,
        DayStanding standing,
        DateOnly? nextActionOn
    ) =>
        this with
        {
            Events = events,
            Standing = standing,
            NextActionOn = nextActionOn,
            State = StateOf(state.Status),
            Balance = PayableRules.Owed(state),
            Payoff = Money(state.Payoff.Total),
            Overpaid = state.Overpaid,
            BalanceOn = HeldAlready(state, events) ? null : state.AsOf,
            NextDueOn = state.Disbursed.IsZero
                ? null
                : state.Installments.FirstOrDefault(installment => !installment.IsPaid)?.DueOn,
            InstallmentCount = state.Installments.Count,
        };

    // What no later day changes may have come with a day after the last event: the last penalty, or the last interest.
    private static bool HeldAlready(Loan state, IReadOnlyList<LoanEvent> events)
    {
        if (!state.HoldsOnAnyDay)
            return false;
        var isRunning = state.Status is LoanStatus.Active or LoanStatus.InArrears;
        var changesWithTime = state.Terms.OverduePenalty is not null || state.Terms.RecalculatesInterest;
        return !isRunning || !changesWithTime || state.AsOf <= LastOn(state.Terms, events);
    }

    private static DateOnly LastOn(LoanTerms terms, IReadOnlyList<LoanEvent> events) =>
        events.Select(one => one.On).DefaultIfEmpty(terms.SubmittedOn).Max();

    /// <summary>
    /// An act on this loan for four-eyes approval. Any later event of the loan ends a first approval. The loan must be
    /// locked.
    /// </summary>
    /// <param name="kind">The kind of act.</param>
    /// <param name="amount">The amount to compare with the four-eyes amount.</param>
    /// <param name="terms">The exact values to approve.</param>
    /// <param name="reason">The officer's reason; null if none was given.</param>
    public Act ActOf(ActKind kind, Money amount, object terms, string? reason) =>
        new()
        {
            Kind = kind,
            OrganisationId = OrganisationId,
            SubjectId = Id.AsSubject,
            SubjectVersion = Events.Count,
            CustomerId = CustomerId,
            AccountId = Id,
            Currency = Currency,
            Amount = amount,
            Terms = terms,
            Reason = reason,
        };

    // Arrears depend on the day, so they are computed from due dates and never stored.
    private static LoanStatus StateOf(LoanStatus status) => status == LoanStatus.InArrears ? LoanStatus.Active : status;
}
