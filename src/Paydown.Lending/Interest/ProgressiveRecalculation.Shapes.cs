using Paydown.Lending.Amounts;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <content>Which installments early money fills, and what it makes of those after them.</content>
internal sealed partial class ProgressiveRecalculation
{
    /// <summary>
    /// Shows the principal that is left in equal parts, to be paid at once, if these are smaller than the installments.
    /// </summary>
    public void SplitEvenly(long money)
    {
        var (left, open, first) = (Unplanned(), 0, FirstOpen(0));
        for (var i = 0; i < periods.Length; i++)
            if (!periods[i].IsSettled)
                open++;
        if (open == 0 || money / open >= periods[first].Installment)
            return;
        var share = Significant.ToMinor((decimal)left / open);
        var paidAhead = PaidFrom(0);
        for (var i = 0; i < periods.Length; i++)
        {
            if (periods[i].IsSettled)
                continue;
            var least = PaidOf(i);
            paidAhead -= least;
            left -= Set(i, --open == 0 ? left : Math.Clamp(share, least, Math.Max(least, left - paidAhead)), Borne(i));
        }
    }

    // Early money enlarges the current installment, so that those after it are fewer or smaller.
    private bool EnlargesCurrent =>
        terms.Recalculation!.Reschedule is Reschedule.ReduceEmiAmount or Reschedule.ReduceNumberOfInstallments;

    private void FillCurrent()
    {
        var (left, current) = (Unplanned(), FirstOpen(0));
        for (var i = periods.Length - 1; i > current; i--)
            if (!periods[i].IsSettled)
                left -= Set(i, PaidOf(i), Borne(i));
        if (current < periods.Length)
            Set(current, left, Borne(current));
    }

    /// <summary>After a payment: what was paid early makes the installments after the current one smaller.</summary>
    /// <returns>True if they changed.</returns>
    public bool ReduceInstallments()
    {
        if (terms.Recalculation!.Reschedule != Reschedule.ReduceEmiAmount)
            return false;
        var current = FirstOpen(0);
        if (current >= periods.Length || PaidOf(current) <= Wanted(current, PaidInterestOf(current)))
            return false;
        var left = amortized;
        for (var i = 0; i <= current; i++)
            left -= book.Rows[i].Due.Principal - book.Rows[i].Returned;
        var count = periods.Length - current - 1;
        if (count == 0 || left <= 0)
            return false;
        var installment = DecliningSchedule.RecalculatedInstallment(
            terms,
            left,
            terms.NumberOfInstallments - count,
            startOn
        );
        for (var i = current + 1; i < periods.Length; i++)
            periods[i].Reduce(installment, (left + count - 1) / count);
        return true;
    }

    // The last installment then asks for as much as the one before it.
    private void FillFromLast(bool keepsNext)
    {
        var (left, paidBefore, first) = (Unplanned(), PaidFrom(0), FirstOpen(0));
        if (keepsNext && FirstOpen(first + 1) < periods.Length)
        {
            paidBefore -= PaidOf(first);
            left = Fix(first, Borne(first), left, paidBefore);
            first = FirstOpen(first + 1);
        }

        for (var i = periods.Length - 1; i >= first; i--)
        {
            if (periods[i].IsSettled)
                continue;
            var least = PaidOf(i);
            paidBefore -= least;
            var interest = Borne(i);
            var most = Math.Max(least, left - paidBefore);
            var installment = periods[i == periods.Length - 1 && i > 0 ? i - 1 : i].Installment;
            var principal = i == first ? left : Math.Clamp(installment - interest, least, most);
            left -= Set(i, principal, interest);
        }
    }
}
