using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Installments;

/// <summary>
/// The rows of a loan during a replay, and the allocation lines of the current transaction. All money that reaches an
/// installment goes through <see cref="Settle"/>, so nothing is paid beyond what is owed.
/// </summary>
internal sealed class InstallmentBook
{
    private InstallmentState[] rows;
    private ComponentAmounts[] allocationsInProgress;
    private int[] sheetOrder;
    private int sheetCount;

    public InstallmentBook(InstallmentState[] rows)
    {
        this.rows = rows;
        Count = rows.Length;
        allocationsInProgress = new ComponentAmounts[rows.Length];
        sheetOrder = new int[rows.Length];
    }

    public int Count { get; private set; }
    public ChargeBook Charges { get; } = new();

    public Span<InstallmentState> Rows => rows.AsSpan(0, Count);

    /// <summary>Puts a row before another, between two transactions; charges stay with their rows.</summary>
    public void Insert(int index, in InstallmentState row)
    {
        MakeRoom();
        rows.AsSpan(index, Count - index).CopyTo(rows.AsSpan(index + 1));
        rows[index] = row;
        Count++;
        foreach (ref var charge in Charges.Charges)
            if (charge.Row >= index)
                charge.Row++;
    }

    /// <summary>
    /// Merges the last row into another: debt after maturity falls into the period of an installment added since.
    /// </summary>
    public void MergeLastInto(int index)
    {
        rows[index].Merge(rows[Count - 1]);
        rows[--Count] = default;
        foreach (ref var charge in Charges.Charges)
            if (charge.Row == Count)
                charge.Row = index;
    }

    /// <summary>All that is owed over the schedule.</summary>
    public ComponentAmounts Outstanding()
    {
        var sum = default(ComponentAmounts);
        foreach (ref readonly var row in Rows)
            sum += row.Outstanding;
        return sum;
    }

    /// <summary>Pays a component of an installment, and returns what was paid: at most what is owed.</summary>
    public long Settle(int index, Component component, long money, DateOnly on)
    {
        ref var row = ref rows[index];
        var paid = Math.Min(money, row.Due[component] - row.Paid[component]);
        if (paid <= 0)
            return 0;
        var parts = ComponentAmounts.Of(component, paid);
        row.Paid += parts;
        if (on < row.DueOn)
            row.PaidInAdvance += paid;
        if (on > row.DueOn)
            row.PaidLate += paid;
        if (row.Outstanding.IsZero)
            row.PaidOn = on;
        if (allocationsInProgress[index] == default)
            sheetOrder[sheetCount++] = index;
        allocationsInProgress[index] += parts;
        return paid;
    }

    /// <summary>An installment without debt is met on the day when that becomes true.</summary>
    public void MarkMet(DateOnly on)
    {
        foreach (ref var row in Rows)
            if (row.PaidOn is null && row.Due.IsZero)
                row.PaidOn = on;
    }

    /// <summary>Adds a debt to an installment.</summary>
    public void Owe(int index, ComponentAmounts parts)
    {
        ref var row = ref rows[index];
        row.Due += parts;
        if (!row.Outstanding.IsZero)
            row.PaidOn = null;
    }

    /// <summary>
    /// Adds a charge to the installment in whose period it falls due; after maturity, to an extra installment.
    /// </summary>
    public void AddCharge(LoanEventId id, Component component, long amount, DateOnly dueOn, int? index = null)
    {
        var row = index ?? IndexFor(dueOn);
        Charges.Add(
            new ChargeState
            {
                Id = id,
                Component = component,
                Amount = amount,
                DueOn = dueOn,
                Row = row,
            }
        );
        Owe(row, ComponentAmounts.Of(component, amount));
    }

    /// <summary>The installment whose period has the day; after maturity one is added for it.</summary>
    public int IndexFor(DateOnly on)
    {
        for (var i = 0; i < Count; i++)
            if (!rows[i].IsDownPayment && on <= rows[i].DueOn)
                return i;
        if (Count > 0 && rows[Count - 1].IsAdded)
        {
            rows[Count - 1].DueOn = on;
            return Count - 1;
        }

        return Append(on);
    }

    /// <summary>
    /// The installment with which principal is owed again. On a due date of a progressive loan it is the next one; on
    /// the last due date there is no next one.
    /// </summary>
    public int IndexForReturn(DateOnly on, ScheduleType schedule)
    {
        var index = IndexFor(on);
        var hasNext = index + 1 < Count && !rows[index + 1].IsAdded;
        return schedule == ScheduleType.Progressive && rows[index].DueOn == on && hasNext ? index + 1 : index;
    }

    /// <summary>
    /// The unpaid charges of a component of an installment that are due by their own due dates.
    /// </summary>
    public long ChargesDue(int index, Component component, DateOnly on) =>
        Math.Max(0, Charges.DueBy(on, index, component) - rows[index].Paid[component]);

    /// <summary>Pays a charge, at most what is unpaid of its component in its installment.</summary>
    public long SettleCharge(LoanEventId id, long money, DateOnly on)
    {
        foreach (ref var charge in Charges.Charges)
            if (charge.Id == id)
                return Settle(charge.Row, charge.Component, Math.Min(money, charge.Asked), on);
        return 0;
    }

    /// <summary>Forgives the unpaid part of a charge, up to an amount.</summary>
    public ComponentAmounts WaiveCharge(LoanEventId id, long amountMax, DateOnly on)
    {
        foreach (ref var charge in Charges.Charges)
        {
            if (charge.Id != id)
                continue;
            var unpaid = rows[charge.Row].Outstanding[charge.Component];
            var waived = Math.Min(Math.Min(amountMax, charge.Asked), unpaid);
            charge.Waived += waived;
            var parts = ComponentAmounts.Of(charge.Component, waived);
            Waive(charge.Row, parts, on);
            return parts;
        }

        return default;
    }

    /// <summary>Forgives unpaid interest, the oldest first, up to an amount.</summary>
    public ComponentAmounts WaiveInterest(long amountMax, DateOnly on)
    {
        var left = amountMax;
        for (var i = 0; i < Count; i++)
        {
            var waived = Math.Min(left, rows[i].Due.Interest - rows[i].Paid.Interest);
            Waive(i, new ComponentAmounts(0, waived, 0, 0), on);
            left -= waived;
        }

        return new ComponentAmounts(0, amountMax - left, 0, 0);
    }

    /// <summary>The charges and how far each is paid.</summary>
    public LoanCharge[] ToCharges(Currency currency) => Charges.Show(Rows, currency);

    /// <summary>True if the current transaction pays of an installment.</summary>
    public bool IsPaidNow(int index) => !allocationsInProgress[index].IsZero;

    /// <summary>The lines written since the last call, one per installment, in the order of allocation.</summary>
    public AllocationLine[] TakeLines(out ComponentAmounts total)
    {
        total = default;
        var lines = sheetCount == 0 ? [] : new AllocationLine[sheetCount];
        for (var i = 0; i < sheetCount; i++)
        {
            var index = sheetOrder[i];
            lines[i] = new AllocationLine(index + 1, rows[index].DueOn, allocationsInProgress[index]);
            total += allocationsInProgress[index];
            allocationsInProgress[index] = default;
        }

        sheetCount = 0;
        return lines;
    }

    private void Waive(int index, ComponentAmounts waived, DateOnly on)
    {
        if (waived.IsZero)
            return;
        ref var row = ref rows[index];
        row.Due -= waived;
        row.Waived += waived;
        if (row.Outstanding.IsZero)
            row.PaidOn = on;
    }

    private int Append(DateOnly on)
    {
        MakeRoom();
        rows[Count].FromOn = Count == 0 ? on : rows[Count - 1].DueOn;
        rows[Count].DueOn = on;
        rows[Count].IsAdded = true;
        return Count++;
    }

    private void MakeRoom()
    {
        if (Count < rows.Length)
            return;
        Array.Resize(ref rows, Count + 1);
        Array.Resize(ref allocationsInProgress, Count + 1);
        Array.Resize(ref sheetOrder, Count + 1);
    }
}
