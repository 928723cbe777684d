using Paydown.Lending.Amounts;

namespace Paydown.Lending.Loans;

/// <summary>
/// A write-off: principal, fees, penalties and the interest earned by its day are lost, and may still be recovered.
/// Interest of days to come was never earned: it falls away, and nobody can pay it.
/// </summary>
internal sealed partial class LoanFold
{
    // If nothing is owed, as after a payment that was recorded late, there is nothing to write off; and nothing is
    // written off twice.
    private void WriteOff(LoanWrittenOff loanEvent)
    {
        var (lost, forgone) = isWrittenOff ? default : WriteOffAt(loanEvent.On);
        Record(loanEvent.Id, loanEvent.Kind, loanEvent.On, lost.Total, lost, 0, [], forgone);
        if (lost.IsZero && forgone == 0)
            return;
        isWrittenOff = true;
        recalculation = null;
    }

    private (ComponentAmounts Lost, long Forgone) WriteOffAt(DateOnly on)
    {
        var earned = EarnedInterest(on);
        var (lost, forgone) = (default(ComponentAmounts), 0L);
        foreach (ref var row in book.Rows)
        {
            var rest = row.Outstanding;
            var interest = Math.Min(rest.Interest, earned);
            earned -= interest;
            row.Forgone += rest.Interest - interest;
            forgone += rest.Interest - interest;
            row.WrittenOff += rest with { Interest = interest };
            lost += rest with { Interest = interest };
            row.Due -= rest;
        }

        return (lost, forgone);
    }

    // What is owed anew after a write-off is lost at once.
    private void WriteOffRest()
    {
        foreach (ref var row in book.Rows)
        {
            var rest = row.Outstanding;
            row.WrittenOff += rest;
            row.Due -= rest;
        }
    }

    private void ReopenWrittenOff()
    {
        foreach (ref var row in book.Rows)
        {
            row.Due += row.WrittenOff;
            row.WrittenOff = default;
        }
    }

    /// <summary>Interest earned by the end of a day and not paid, in minor units.</summary>
    private long EarnedInterest(DateOnly on)
    {
        if (recalculation is null)
            return EarnedByPlan(on);
        recalculation.MakePayable(on);
        var earned = book.Outstanding().Interest;
        recalculation.Project();
        return earned;
    }

    // By the days of each period that have passed. Deferred interest is earned over the periods before it, too.
    private long EarnedByPlan(DateOnly on)
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
