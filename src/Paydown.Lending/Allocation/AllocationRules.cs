using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Allocation;

/// <summary>
/// Which debts a payment settles, and in what order. The parts add up to the payment, nothing is paid beyond what is
/// owed, and money is left over only if nothing is owed.
/// </summary>
internal static class AllocationRules
{
    private static readonly Component[] Components =
    [
        Component.Penalty,
        Component.Fee,
        Component.Interest,
        Component.Principal,
    ];

    /// <summary>Allocates money to what is owed.</summary>
    /// <param name="book">The installments; it records what each receives.</param>
    /// <param name="policy">The order of debts.</param>
    /// <param name="rule">Where money for the future goes; only <see cref="AllocationStrategy.Advanced"/> asks.</param>
    /// <param name="money">Minor units.</param>
    /// <param name="on">The day on which the payment counts.</param>
    /// <returns>What is left: the overpayment.</returns>
    public static long Allocate(InstallmentBook book, AllocationPolicy policy, FutureRule rule, long money, DateOnly on)
    {
        var left = policy.Strategy switch
        {
            AllocationStrategy.OldestFirst => OldestFirst(book, OrAll(policy.Order), money, on),
            AllocationStrategy.DueThenInAdvance => DueThenInAdvance(book, policy, money, on),
            _ when policy.Processing == Processing.Horizontal => Horizontal(book, policy, rule, money, on),
            _ => Vertical(book, policy, rule, money, on),
        };

        // An order that leaves a component out must not turn money into an overpayment while something is owed.
        return left == 0 ? 0 : OldestFirst(book, Components, left, on);
    }

    private static IReadOnlyList<Component> OrAll(IReadOnlyList<Component> order) =>
        order.Count == 0 ? Components : order;

    private static long OldestFirst(InstallmentBook book, IReadOnlyList<Component> order, long money, DateOnly on)
    {
        for (var i = 0; i < book.Count && money > 0; i++)
            money = SettleInstallment(book, i, order, money, on);
        return money;
    }

    private static long SettleInstallment(
        InstallmentBook book,
        int index,
        IReadOnlyList<Component> order,
        long money,
        DateOnly on
    )
    {
        for (var c = 0; c < order.Count && money > 0; c++)
            money -= book.Settle(index, order[c], money, on);
        return money;
    }

    private static long DueThenInAdvance(InstallmentBook book, AllocationPolicy policy, long money, DateOnly on)
    {
        var order = OrAll(policy.Due);
        for (var i = 0; i < book.Count && money > 0; i++)
        {
            if (book.Rows[i].DueOn <= on)
                money = SettleInstallment(book, i, order, money, on);
            else
                money = SettleChargesDue(book, i, order, money, on);
        }

        return OldestFirst(book, OrAll(policy.InAdvance), money, on);
    }

    // A charge falls due on its own day, even inside an installment that does not.
    private static long SettleChargesDue(
        InstallmentBook book,
        int index,
        IReadOnlyList<Component> order,
        long money,
        DateOnly on
    )
    {
        for (var c = 0; c < order.Count && money > 0; c++)
        {
            if (order[c] is not (Component.Penalty or Component.Fee))
                continue;
            money -= book.Settle(index, order[c], Math.Min(money, book.ChargesDue(index, order[c], on)), on);
        }

        return money;
    }

    // Finishes an installment with all its buckets of a due type, then the next installment, then the next due type.
    private static long Horizontal(
        InstallmentBook book,
        AllocationPolicy policy,
        FutureRule rule,
        long money,
        DateOnly on
    )
    {
        Span<Component> order = stackalloc Component[Math.Max(4, policy.Buckets.Count)];
        Span<DueType> dueTypes = stackalloc DueType[3];
        foreach (var dueType in dueTypes[..DueTypesOf(policy, dueTypes)])
        {
            var components = order[..ComponentsOf(policy, dueType, order)];
            if (components.Length == 0)
                continue;
            money =
                dueType == DueType.InAdvance
                    ? InAdvance(book, components, rule, money, on)
                    : Sweep(book, dueType, components, money, on);
            if (money == 0)
                break;
        }

        return money;
    }

    // Sweeps one bucket over all installments, then the next bucket.
    private static long Vertical(
        InstallmentBook book,
        AllocationPolicy policy,
        FutureRule rule,
        long money,
        DateOnly on
    )
    {
        for (var b = 0; b < policy.Buckets.Count && money > 0; b++)
        {
            var bucket = policy.Buckets[b];
            ReadOnlySpan<Component> component = [bucket.Component];
            money =
                bucket.DueType == DueType.InAdvance
                    ? InAdvance(book, component, rule, money, on)
                    : Sweep(book, bucket.DueType, component, money, on);
        }

        return money;
    }

    private static long Sweep(
        InstallmentBook book,
        DueType dueType,
        ReadOnlySpan<Component> order,
        long money,
        DateOnly on
    )
    {
        for (var i = 0; i < book.Count && money > 0; i++)
            if (DueTypeOf(book.Rows[i].DueOn, on) == dueType)
                money = SettleInstallment(book, i, order, money, on);
        return money;
    }

    private static long InAdvance(
        InstallmentBook book,
        ReadOnlySpan<Component> order,
        FutureRule rule,
        long money,
        DateOnly on
    )
    {
        if (rule == FutureRule.Reamortization)
            return Reamortize(book, order, money, on);
        if (rule == FutureRule.NextInstallment)
            return Sweep(book, DueType.InAdvance, order, money, on);
        if (rule == FutureRule.NextLastInstallment)
            money = SettleNext(book, order, money, on);
        for (var i = book.Count - 1; i >= 0 && money > 0; i--)
            if (book.Rows[i].DueOn > on)
                money = SettleInstallment(book, i, order, money, on);
        return money;
    }

    private static long SettleNext(InstallmentBook book, ReadOnlySpan<Component> order, long money, DateOnly on)
    {
        for (var i = 0; i < book.Count; i++)
            if (book.Rows[i].DueOn > on && Owes(book.Rows[i], order))
                return SettleInstallment(book, i, order, money, on);
        return money;
    }

    // Splits the money evenly over the future installments that owe a component, the rest on the last; what they do not
    // need goes to the next component, and round again until it is spent or nothing is owed.
    private static long Reamortize(InstallmentBook book, ReadOnlySpan<Component> order, long money, DateOnly on)
    {
        for (var before = 0L; money > 0 && money != before; )
        {
            before = money;
            for (var c = 0; c < order.Length && money > 0; c++)
                money = SplitEvenly(book, order.Slice(c, 1), money, on);
        }

        return money;
    }

    private static long SplitEvenly(InstallmentBook book, ReadOnlySpan<Component> component, long money, DateOnly on)
    {
        var owing = 0;
        for (var i = 0; i < book.Count; i++)
            if (book.Rows[i].DueOn > on && Owes(book.Rows[i], component))
                owing++;
        if (owing == 0)
            return money;
        var share = Significant.ToMinor((decimal)money / owing);
        var round = money;
        for (var i = 0; i < book.Count && round > 0; i++)
        {
            if (book.Rows[i].DueOn <= on || !Owes(book.Rows[i], component))
                continue;
            var part = --owing == 0 ? round : Math.Min(share, round);
            round -= part;
            money -= part - SettleInstallment(book, i, component, part, on);
        }

        return money;
    }

    private static bool Owes(in InstallmentState row, ReadOnlySpan<Component> order)
    {
        foreach (var component in order)
            if (row.Due[component] > row.Paid[component])
                return true;
        return false;
    }

    private static long SettleInstallment(
        InstallmentBook book,
        int index,
        ReadOnlySpan<Component> order,
        long money,
        DateOnly on
    )
    {
        for (var c = 0; c < order.Length && money > 0; c++)
            money -= book.Settle(index, order[c], money, on);
        return money;
    }

    private static DueType DueTypeOf(DateOnly dueOn, DateOnly on) =>
        dueOn < on ? DueType.PastDue
        : dueOn == on ? DueType.Due
        : DueType.InAdvance;

    // Due types rank by their first bucket.
    private static int DueTypesOf(AllocationPolicy policy, Span<DueType> dueTypes)
    {
        var count = 0;
        for (var b = 0; b < policy.Buckets.Count; b++)
        {
            var dueType = policy.Buckets[b].DueType;
            if (!dueTypes[..count].Contains(dueType))
                dueTypes[count++] = dueType;
        }

        return count;
    }

    private static int ComponentsOf(AllocationPolicy policy, DueType dueType, Span<Component> order)
    {
        var count = 0;
        for (var b = 0; b < policy.Buckets.Count; b++)
            if (policy.Buckets[b].DueType == dueType)
                order[count++] = policy.Buckets[b].Component;
        return count;
    }
}
