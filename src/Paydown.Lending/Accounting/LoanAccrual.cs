using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Accounting;

/// <summary>
/// What a change of a loan does to its earned interest: the posting days that have passed before the change, and what
/// is earned and unpaid after it. Only for a loan whose interest is recognised as it is earned.
/// </summary>
public sealed record LoanAccrual
{
    /// <summary>The loan, as the subject of entries that time alone causes.</summary>
    public required SubjectId LoanId { get; init; }

    /// <summary>What the ledger shows before the change.</summary>
    public required AccruedInterest From { get; init; }

    /// <summary>What it must show on each posting day before the change, in order.</summary>
    public IReadOnlyList<AccruedInterest> Steps { get; init; } = [];

    /// <summary>What it must show after the change.</summary>
    public required AccruedInterest To { get; init; }

    /// <summary>The accrual of a loan whose ledger is empty before the change.</summary>
    public static LoanAccrual First(SubjectId loanId, AccruedInterest to) =>
        new()
        {
            LoanId = loanId,
            From = new AccruedInterest(
                to.On.AddDays(-1),
                Money.Zero(to.Unpaid.Currency),
                Money.Zero(to.Unpaid.Currency),
                Money.Zero(to.Unpaid.Currency)
            ),
            To = to,
        };

    /// <summary>
    /// The accrual of new events: the posting days before the latest of them, then the day itself. The ledger never
    /// shows less than nothing, since what an event settles was accrued before.
    /// </summary>
    /// <param name="loanId">The loan.</param>
    /// <param name="accrued">What the ledger shows; null if interest was recognised when it was paid.</param>
    /// <param name="rule">How the loan's interest becomes income.</param>
    /// <param name="before">The loan before the events.</param>
    /// <param name="known">Its events then.</param>
    /// <param name="events">All events.</param>
    /// <param name="on">The value date of the latest new event.</param>
    /// <returns>Null if the loan's interest is recognised when it is paid.</returns>
    public static LoanAccrual? OfEvents(
        SubjectId loanId,
        AccruedInterest? accrued,
        AccrualRule rule,
        Loan before,
        IReadOnlyList<LoanEvent> known,
        IReadOnlyList<LoanEvent> events,
        DateOnly on
    )
    {
        if (accrued is not { } from)
            return null;
        var through = on > from.On ? on : from.On;
        var days = PostingDays.Between(rule.Posting, before, from.On, through.AddDays(-1));
        return new LoanAccrual
        {
            LoanId = loanId,
            From = from,
            Steps = EarnedInterest.Unpaid(before.Terms, known, [.. days], rule.SuspendedAfterDays),
            To = EarnedInterest.Unpaid(before.Terms, events, through, rule.SuspendedAfterDays),
        };
    }

    /// <summary>
    /// The accrual of the days that have passed: each posting day has its own entry. A loan whose interest was
    /// recognised when it was paid begins with all that is earned and unpaid; one that follows another rule now changes
    /// what is in suspense.
    /// </summary>
    /// <param name="loanId">The loan.</param>
    /// <param name="standing">What the last end of day has left.</param>
    /// <param name="rule">How the loan's interest becomes income now.</param>
    /// <param name="loan">The loan.</param>
    /// <param name="events">Its events.</param>
    /// <param name="through">The last day.</param>
    /// <returns>Null if the loan's interest is still recognised when it is paid.</returns>
    public static LoanAccrual? OfDays(
        SubjectId loanId,
        DayStanding standing,
        AccrualRule rule,
        Loan loan,
        IReadOnlyList<LoanEvent> events,
        DateOnly through
    )
    {
        var suspendedAfterDays = rule.SuspendedAfterDays;
        if (standing.Accrued is not { } from)
            return rule.Posting != AccrualPosting.None && loan.IsOnTheBooks
                ? First(loanId, EarnedInterest.Unpaid(loan.Terms, events, loan.AsOf, suspendedAfterDays))
                : null;
        var days = PostingDays.Between(rule.Posting, loan, from.On, through);
        var steps = EarnedInterest.Unpaid(loan.Terms, events, [.. days], suspendedAfterDays);
        var isSameRule = suspendedAfterDays == standing.Accrual.SuspendedAfterDays;
        return new LoanAccrual
        {
            LoanId = loanId,
            From = from,
            Steps = steps,
            To =
                steps.Count > 0 ? steps[^1]
                : isSameRule ? from
                : EarnedInterest.Unpaid(loan.Terms, events, from.On, suspendedAfterDays),
        };
    }
}
