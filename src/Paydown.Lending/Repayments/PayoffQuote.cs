using Paydown.Lending.Loans;

namespace Paydown.Lending.Repayments;

/// <summary>What closes a loan on a day, and how long that is true.</summary>
public sealed record PayoffQuote
{
    /// <summary>No quote is promised for longer than this.</summary>
    public const int HoldsDaysMax = 30;

    /// <summary>Nobody can say today what is owed later than this.</summary>
    public const int AheadDaysMax = 366;

    /// <summary>The day that it is about.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What to pay: the parts less what is reported already. Repaying and paying off accept exactly this.</summary>
    public required Money Amount { get; init; }

    /// <summary>What closes the loan on the day, by component, in minor units.</summary>
    public required Parts Parts { get; init; }

    /// <summary>Reported and not decided.</summary>
    public required Money Pending { get; init; }

    /// <summary>The last day on which the amount is the same, unless something else happens to the loan.</summary>
    public required DateOnly HoldsUntil { get; init; }

    /// <summary>Quotes a day, or says why not.</summary>
    /// <param name="on">The day in question.</param>
    /// <param name="today">The date in the organisation's time zone.</param>
    /// <param name="pendingMinor">Reported on this loan and not decided, in minor units.</param>
    /// <param name="replay">The state of the loan on a day.</param>
    public static Result<PayoffQuote> For(DateOnly on, DateOnly today, long pendingMinor, Func<DateOnly, Loan> replay)
    {
        if (on < today || on > today.AddDays(AheadDaysMax))
            return Refusals.QuoteDateOutOfRange(today, today.AddDays(AheadDaysMax));
        var loan = replay(on);
        return new PayoffQuote
        {
            On = on,
            Amount = PayableRules.TotalPayable(loan, pendingMinor),
            Parts = loan.Payoff,
            Pending = new Money(pendingMinor, loan.Terms.Currency),
            HoldsUntil = LastDayOf(loan, replay),
        };
    }

    // Recalculated interest runs by the day, or by the rest period, of which there is no formula that is simpler than to look.
    private static DateOnly LastDayOf(Loan loan, Func<DateOnly, Loan> replay)
    {
        var limit = loan.AsOf.AddDays(HoldsDaysMax);
        if (NextPenaltyOn(loan) is { } penaltyOn && penaltyOn <= limit) limit = Later(penaltyOn.AddDays(-1), loan.AsOf);
        if (loan.HoldsOnAnyDay) return limit;
        var day = loan.AsOf;
        while (day < limit && replay(day.AddDays(1)).Payoff == loan.Payoff) day = day.AddDays(1);
        return day;
    }

    // The earliest day on which an installment that stays unpaid can cost a penalty.
    private static DateOnly? NextPenaltyOn(Loan loan) =>
        loan.Terms.OverduePenalty is { } penalty && loan.Installments.FirstOrDefault(installment => !installment.IsPaid) is { } unpaid
            ? unpaid.DueOn.AddDays(penalty.GraceDays + 1)
            : null;

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;
}
