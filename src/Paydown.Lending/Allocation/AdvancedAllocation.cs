using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Allocation;

/// <summary>
/// <see cref="AllocationStrategy.Advanced"/>: buckets of a due type and a component, settled installment by installment
/// or bucket by bucket. Money for the future goes by its own rule.
/// </summary>
internal static class AdvancedAllocation
{
    /// <summary>Allocates money to the buckets of the policy.</summary>
    /// <returns>The money that is left, in minor units.</returns>
    public static long Allocate(
        InstallmentBook book,
        AllocationPolicy policy,
        PaymentSource source,
        FutureRule rule,
        long money,
        DateOnly on
    )
    {
        var buckets = policy.BucketsBySource.GetValueOrDefault(source) ?? policy.Buckets;
        return policy.Processing == Processing.Horizontal
            ? Horizontal(book, buckets, rule, money, on)
            : Vertical(book, buckets, rule, money, on);
    }

    // Settles all buckets of a due type in one installment, then in the next, and then continues with the next due
    // type.
    private static long Horizontal(
        InstallmentBook book,
        IReadOnlyList<Bucket> buckets,
        FutureRule rule,
        long money,
        DateOnly on
    )
    {
        Span<Component> order = stackalloc Component[Math.Max(4, buckets.Count)];
        Span<DueType> dueTypes = stackalloc DueType[3];
        foreach (var dueType in dueTypes[..DueTypesOf(buckets, dueTypes)])
        {
            var components = order[..ComponentsOf(buckets, dueType, order)];
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
        IReadOnlyList<Bucket> buckets,
        FutureRule rule,
        long money,
        DateOnly on
    )
    {
        for (var b = 0; b < buckets.Count && money > 0; b++)
        {
            var bucket = buckets[b];
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

    // Splits the money evenly over the future installments that owe a component; the last one takes the remainder. What
    // they do not need goes to the next component. This repeats until the money is spent or nothing is owed.
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
    private static int DueTypesOf(IReadOnlyList<Bucket> buckets, Span<DueType> dueTypes)
    {
        var count = 0;
        for (var b = 0; b < buckets.Count; b++)
        {
            var dueType = buckets[b].DueType;
            if (!dueTypes[..count].Contains(dueType))
                dueTypes[count++] = dueType;
        }

        return count;
    }

    private static int ComponentsOf(IReadOnlyList<Bucket> buckets, DueType dueType, Span<Component> order)
    {
        var count = 0;
        for (var b = 0; b < buckets.Count; b++)
            if (buckets[b].DueType == dueType)
                order[count++] = buckets[b].Component;
        return count;
    }
}
