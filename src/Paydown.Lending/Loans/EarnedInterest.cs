using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Interest;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Interest that is earned by the end of a day and unpaid.</summary>
/// <param name="On">The day.</param>
/// <param name="Unpaid">The interest.</param>
public readonly record struct AccruedInterest(DateOnly On, Money Unpaid);

/// <summary>
/// The interest that the passing of days has earned. On a fixed schedule an installment earns its interest by the days
/// of its period, rounded so that the days add up to the installment; recalculated interest is earned as the replay
/// charges it. The replay computes both.
/// </summary>
public static class EarnedInterest
{
    /// <summary>Interest that is earned by the end of each day and unpaid.</summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="events">The events of the loan, none of them after the first day.</param>
    /// <param name="days">The days, in ascending order.</param>
    public static IReadOnlyList<AccruedInterest> Unpaid(
        LoanTerms terms,
        IReadOnlyList<LoanEvent> events,
        IReadOnlyList<DateOnly> days
    )
    {
        var earned = new List<AccruedInterest>(days.Count);
        Replay? replay = null;
        foreach (var day in days)
        {
            // Rows that are made from the payments depend on the day for which they are made.
            if (replay is null || terms.RecalculatesRows)
                replay = Replay.Of(terms, events, day, day);
            else
                replay.ContinueTo(day);
            var unpaid = replay.Disbursed == 0 ? 0 : replay.Interest.EarnedThrough(day);
            earned.Add(new AccruedInterest(day, new Money(unpaid, terms.Currency)));
        }

        return earned;
    }

    /// <summary>
    /// Interest of an installment of a fixed schedule that is earned by the end of a day, paid or unpaid. Interest that
    /// was charged back was earned before and is left out.
    /// </summary>
    public static Money Of(LoanTerms terms, Installment installment, DateOnly on) =>
        new(
            PlannedInterest.ShareOf(
                installment.Due.Interest - installment.Returned.Interest,
                installment.FromOn,
                installment.DueOn,
                on
            ),
            terms.Currency
        );

    /// <summary>Interest that is earned by the end of one day and unpaid.</summary>
    public static AccruedInterest Unpaid(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly day) =>
        Unpaid(terms, events, [day])[0];
}
