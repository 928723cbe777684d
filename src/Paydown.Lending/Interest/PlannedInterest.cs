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
    public static long EarnedThrough(LoanTerms terms, InstallmentBook book, DateOnly on)
    {
        var earned = 0L;
        DateOnly? deferredFrom = null;
        foreach (ref readonly var row in book.Rows)
        {
            if (row.Due.Interest == 0)
            {
                if (terms.GraceInterest > 0)
                    deferredFrom ??= row.FromOn;
                continue;
            }

            var fromOn = deferredFrom ?? row.FromOn;
            deferredFrom = null;
            var passed = Math.Clamp(on.DayNumber, fromOn.DayNumber, row.DueOn.DayNumber) - fromOn.DayNumber;
            var days = Math.Max(1, row.DueOn.DayNumber - fromOn.DayNumber);
            var ofRow =
                on >= row.DueOn ? row.Due.Interest : Significant.ToMinor((decimal)row.Due.Interest * passed / days);
            earned += Math.Max(0, ofRow - row.Paid.Interest);
        }

        return earned;
    }
}
