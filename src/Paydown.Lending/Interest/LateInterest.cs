using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Interest;

/// <summary>
/// Interest of a progressive loan that no installment to come can bear, because they are paid: it is asked for with the
/// oldest one that still owes principal. All amounts in minor units.
/// </summary>
internal sealed class LateInterest(InstallmentBook book, ProgressivePlan plan)
{
    /// <summary>The row that shows it; null: a row to come bears the interest.</summary>
    public int? Row()
    {
        int? owing = null;
        for (var i = 0; i < plan.Count; i++)
        {
            ref readonly var row = ref book.Rows[i];
            if (row.LateInterest > 0)
                return plan.Unplanned() == 0 ? i : null;
            if (owing is null && plan[i].IsSettled && !row.IsDownPayment && row.Outstanding.Principal > 0)
                owing = i;
        }

        return owing is not null && plan.Unplanned() == 0 ? owing : null;
    }

    /// <summary>Shows the interest of all periods with a row; the rows to come show none.</summary>
    public void Show(int index, long interest)
    {
        for (var i = plan.FirstOpen(0); i < plan.Count; i = plan.FirstOpen(i + 1))
        {
            interest -= plan.PaidInterestOf(i);
            plan.Set(i, 0, 0);
        }

        interest = Math.Max(0, interest);
        ref var row = ref book.Rows[index];
        var more = Math.Max(interest - row.LateInterest, plan.PaidInterestOf(index) - row.PlannedInterest);
        row.Due += new ComponentAmounts(0, more, 0, 0);
        row.LateInterest = interest;
        if (!row.Outstanding.IsZero)
            row.PaidOn = null;
    }

    /// <summary>There are rows to come again: what a row has shown stays with it.</summary>
    public void Keep()
    {
        for (var i = 0; i < plan.Count; i++)
        {
            ref var row = ref book.Rows[i];
            if (row.LateInterest == 0)
                continue;
            var late = row.LateInterest;
            row.LateInterest = 0;
            for (var from = 0; from < plan.Count; from++)
                late -= plan[from].Take(late);
            row.Due -= new ComponentAmounts(0, Math.Min(late, row.Outstanding.Interest), 0, 0);
        }
    }
}
