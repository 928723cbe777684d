using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>When the ledger recognises earned interest.</summary>
public enum AccrualPosting
{
    /// <summary>When it is paid.</summary>
    None,

    /// <summary>On due dates and on the last day of each month.</summary>
    Monthly,

    /// <summary>Every day.</summary>
    Daily,
}

/// <summary>How a loan's earned interest becomes income.</summary>
/// <param name="Posting">When the ledger recognises it.</param>
/// <param name="SuspendedAfterDays">
/// Days past due after which it is no income before it is paid: 1 or more; null: it always is.
/// </param>
public readonly record struct AccrualRule(AccrualPosting Posting, int? SuspendedAfterDays = null);

/// <summary>The days on which the ledger recognises the interest that a loan has earned.</summary>
public static class PostingDays
{
    /// <summary>The posting days of a loan, in order.</summary>
    /// <param name="posting">The setting of the organisation.</param>
    /// <param name="loan">The loan, whose due dates count.</param>
    /// <param name="after">The last day before the first one.</param>
    /// <param name="through">The last day that may be one.</param>
    public static IEnumerable<DateOnly> Between(AccrualPosting posting, Loan loan, DateOnly after, DateOnly through)
    {
        while (Next(posting, loan, after) is { } day && day <= through)
        {
            yield return day;
            after = day;
        }
    }

    /// <summary>The first posting day after a day; null if the loan earns nothing more.</summary>
    public static DateOnly? Next(AccrualPosting posting, Loan loan, DateOnly after)
    {
        if (posting == AccrualPosting.None || !EarnsAfter(loan, after))
            return null;
        if (posting == AccrualPosting.Daily)
            return after.AddDays(1);
        var next = MonthEndAfter(after);
        foreach (var installment in loan.Installments)
            if (installment.DueOn > after && installment.DueOn < next)
                next = installment.DueOn;
        return next;
    }

    /// <summary>The first last day of a month after a day.</summary>
    public static DateOnly MonthEndAfter(DateOnly day)
    {
        var next = day.AddDays(1);
        return new DateOnly(next.Year, next.Month, DateTime.DaysInMonth(next.Year, next.Month));
    }

    private static bool EarnsAfter(Loan loan, DateOnly day)
    {
        if (!loan.IsOnTheBooks)
            return false;
        if (loan.Terms.RecalculatesInterest)
            return true;
        foreach (var installment in loan.Installments)
            if (installment.DueOn > day && installment.Due.Interest > 0)
                return true;
        return false;
    }
}
