using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Interest;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>The interest of a loan in the ledger at the end of a day.</summary>
/// <param name="On">The day.</param>
/// <param name="Unpaid">Earned and unpaid: the interest receivable.</param>
/// <param name="Suspended">The part of it that is not income yet.</param>
/// <param name="Lost">What was in suspense when the loan was charged off or written off.</param>
public readonly record struct AccruedInterest(DateOnly On, Money Unpaid, Money Suspended, Money Lost);

/// <summary>The interest of one installment that is earned by the end of a day.</summary>
public sealed record InstallmentInterest
{
    /// <summary>The installment, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The first day that earns it.</summary>
    public required DateOnly FromOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>What the installment asks for in the end, as far as it is known on the day.</summary>
    public required Money Whole { get; init; }

    public required Money Earned { get; init; }

    public required Money Paid { get; init; }

    /// <summary>Earned and not paid.</summary>
    public required Money Unpaid { get; init; }
}

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
    /// <param name="suspendedAfterDays">
    /// Days past due after which earned interest is no income; null: it always is.
    /// </param>
    public static IReadOnlyList<AccruedInterest> Unpaid(
        LoanTerms terms,
        IReadOnlyList<LoanEvent> events,
        IReadOnlyList<DateOnly> days,
        int? suspendedAfterDays = null
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
            var isKept = replay.Disbursed > 0 && replay.ChargedOffOn is null;
            var unpaid = isKept ? replay.Interest.EarnedThrough(day) : 0;
            earned.Add(Divided(replay, day, new Money(unpaid, terms.Currency), suspendedAfterDays));
        }

        return earned;
    }

    /// <summary>
    /// The interest of each installment that is earned by the end of a day: the unpaid parts add up to
    /// <see cref="Unpaid(LoanTerms, IReadOnlyList{LoanEvent}, DateOnly, int?)"/>.
    /// </summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="events">The events of the loan, none of them after the day.</param>
    /// <param name="day">The day.</param>
    public static IReadOnlyList<InstallmentInterest> ByInstallment(
        LoanTerms terms,
        IReadOnlyList<LoanEvent> events,
        DateOnly day
    )
    {
        var replay = Replay.Of(terms, events, day, day);
        var rows = new List<EarnedRow>();
        // What is earned after a charge-off is owed, but not in the books.
        if (replay.Disbursed > 0 && replay.ChargedOffOn is null)
            replay.Interest.EarnedThrough(day, rows);
        return
        [
            .. rows.Select(row => new InstallmentInterest
            {
                Number = row.Index + 1,
                FromOn = row.FromOn,
                DueOn = replay.Book.Rows[row.Index].DueOn,
                Whole = Money(row.Whole),
                Earned = Money(row.Earned),
                Paid = Money(row.Paid),
                Unpaid = Money(row.Unpaid),
            }),
        ];

        Money Money(long amount) => new(amount, terms.Currency);
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
    public static AccruedInterest Unpaid(
        LoanTerms terms,
        IReadOnlyList<LoanEvent> events,
        DateOnly day,
        int? suspendedAfterDays = null
    ) => Unpaid(terms, events, [day], suspendedAfterDays)[0];

    private static AccruedInterest Divided(Replay replay, DateOnly day, Money unpaid, int? suspendedAfterDays)
    {
        var (terms, events) = (replay.Terms, replay.Events);
        var none = Money.Zero(terms.Currency);
        if (suspendedAfterDays is not { } after || !NonAccrual.IsPossible(replay.Book, after, day))
            return new AccruedInterest(day, unpaid, none, none);
        return new AccruedInterest(
            day,
            unpaid,
            NonAccrual.Suspended(terms, events, day, unpaid, after),
            replay.IsWrittenOff || replay.ChargedOffOn is not null
                ? NonAccrual.LostIn(terms, events, Loan.Replay(terms, events, day), after)
                : none
        );
    }
}
