using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Installments;

/// <summary>
/// The charges of a loan during a replay. Each is part of the debt of its installment, which is paid as a whole; within
/// a component of an installment, the oldest charge is paid first.
/// </summary>
internal sealed class ChargeBook
{
    private ChargeState[] charges = [];
    private int count;

    /// <summary>In the order of the events.</summary>
    public Span<ChargeState> Charges => charges.AsSpan(0, count);

    public void Add(in ChargeState charge)
    {
        if (count == charges.Length)
            Array.Resize(ref charges, Math.Max(4, 2 * count));
        charges[count++] = charge;
    }

    /// <summary>What was charged to a component of an installment and is due by a day, less waivers.</summary>
    public long DueBy(DateOnly on, int row, Component component)
    {
        var due = 0L;
        foreach (ref readonly var charge in Charges)
            if (charge.Row == row && charge.Component == component && charge.DueOn <= on)
                due += charge.Asked;
        return due;
    }

    /// <summary>
    /// Moves the charges of the last row, which are unpaid, to the rows in whose periods they fall due.
    /// </summary>
    /// <param name="rows">The rows of the periods, and the last row.</param>
    /// <param name="first">The index of the first of them.</param>
    public void MoveIntoPeriods(Span<InstallmentState> rows, int first)
    {
        var last = rows.Length - 1;
        foreach (ref var charge in Charges)
        {
            if (charge.Row != first + last)
                continue;
            var index = 0;
            while (index < last && (rows[index].IsDownPayment || rows[index].DueOn < charge.DueOn))
                index++;
            var parts = ComponentAmounts.Of(charge.Component, charge.Asked);
            charge.Row = first + index;
            rows[last].Due -= parts;
            rows[index].Due += parts;
            rows[index].PaidOn = null;
        }
    }

    /// <summary>The charges as the loan shows them.</summary>
    /// <param name="rows">The installments, which have the payments.</param>
    /// <param name="currency">The loan's.</param>
    public LoanCharge[] Show(ReadOnlySpan<InstallmentState> rows, Currency currency)
    {
        if (count == 0)
            return [];
        var shown = new LoanCharge[count];
        for (var i = 0; i < shown.Length; i++)
        {
            ref readonly var charge = ref charges[i];
            var paid = rows[charge.Row].Paid[charge.Component] - AskedBefore(i);
            shown[i] = new LoanCharge
            {
                EventId = charge.Id,
                Kind = charge.Component == Component.Penalty ? ChargeKind.Penalty : ChargeKind.Fee,
                DueOn = charge.DueOn,
                InstallmentNumber = charge.Row + 1,
                Amount = new Money(charge.Amount, currency),
                Waived = new Money(charge.Waived, currency),
                Paid = new Money(Math.Clamp(paid, 0, charge.Asked), currency),
                Overdue = charge.Overdue == 0 ? null : new Money(charge.Overdue, currency),
            };
        }

        return shown;
    }

    private long AskedBefore(int index)
    {
        var before = 0L;
        for (var i = 0; i < count; i++)
            if (IsPaidBefore(i, index))
                before += charges[i].Asked;
        return before;
    }

    private bool IsPaidBefore(int index, int other)
    {
        ref readonly var left = ref charges[index];
        ref readonly var right = ref charges[other];
        return left.Row == right.Row
            && left.Component == right.Component
            && (left.DueOn < right.DueOn || (left.DueOn == right.DueOn && index < other));
    }
}

/// <summary>A fee or penalty during a replay. Amounts in minor units.</summary>
internal struct ChargeState
{
    public LoanEventId Id;
    public Component Component;
    public long Amount;
    public long Waived;
    public DateOnly DueOn;

    /// <summary>The index of its installment.</summary>
    public int Row;

    /// <summary>Of a penalty of the terms: what was overdue; otherwise 0.</summary>
    public long Overdue;

    public readonly long Asked => Amount - Waived;
}
