using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// How much of the interest in the rows is earned by a day, if the rows say how much each period bears.
/// </summary>
internal static class PlannedInterest
{
    /// <summary>
    /// Interest of the days that have passed, less what is paid of it, in minor units. Deferred interest is earned over
    /// the periods before its row, too.
    /// </summary>
    public static long EarnedThrough(LoanTerms terms, InstallmentBook book, DateOnly on, List<EarnedRow>? rows = null)
    {
        var earned = 0L;
        DateOnly? deferredFrom = null;
        for (var i = 0; i < book.Rows.Length; i++)
        {
            ref readonly var row = ref book.Rows[i];
            if (row.Due.Interest == 0)
            {
                if (terms.GraceInterest > 0)
                    deferredFrom ??= row.FromOn;
                continue;
            }

            var fromOn = deferredFrom ?? row.FromOn;
            deferredFrom = null;
            var share = ShareOf(row.Due.Interest, fromOn, row.DueOn, on);
            var part = new EarnedRow(i, fromOn, row.Due.Interest, share, row.Paid.Interest);
            earned += part.Unpaid;
            rows?.Add(part);
        }

        return earned;
    }

    /// <summary>
    /// The part of an installment's interest that is earned by the end of a day: interest × days elapsed ÷ days of the
    /// period, in minor units. Rounded from the start of the period, so the days add up to the whole.
    /// </summary>
    public static long ShareOf(long interest, DateOnly fromOn, DateOnly dueOn, DateOnly on)
    {
        if (on >= dueOn)
            return interest;
        var passed = Math.Max(0, on.DayNumber - fromOn.DayNumber);
        return Significant.ToMinor((decimal)interest * passed / Math.Max(1, dueOn.DayNumber - fromOn.DayNumber));
    }
}
