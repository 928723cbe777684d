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
    /// <param name="source">Where the money comes from; only <see cref="AllocationStrategy.Advanced"/> asks.</param>
    /// <param name="rule">Where money for the future goes; only <see cref="AllocationStrategy.Advanced"/> asks.</param>
    /// <param name="money">Minor units.</param>
    /// <param name="on">The day on which the payment counts.</param>
    /// <returns>What is left: the overpayment.</returns>
    public static long Allocate(
        InstallmentBook book,
        AllocationPolicy policy,
        PaymentSource source,
        FutureRule rule,
        long money,
        DateOnly on
    )
    {
        var left = policy.Strategy switch
        {
            AllocationStrategy.OldestFirst => OldestFirst(book, OrAll(policy.Order), money, on),
            AllocationStrategy.DueThenInAdvance => DueThenInAdvance(book, policy, money, on),
            _ => AdvancedAllocation.Allocate(book, policy, source, rule, money, on),
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
}
