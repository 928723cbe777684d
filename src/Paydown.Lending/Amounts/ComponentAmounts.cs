namespace Paydown.Lending.Amounts;

/// <summary>An amount by component, in minor units.</summary>
public readonly record struct ComponentAmounts(long Principal, long Interest, long Fees, long Penalty)
{
    public long Total => Principal + Interest + Fees + Penalty;

    /// <summary>True if every component is zero.</summary>
    public bool IsZero => Principal == 0 && Interest == 0 && Fees == 0 && Penalty == 0;

    /// <summary>One component.</summary>
    public long this[Component component] =>
        component switch
        {
            Component.Penalty => Penalty,
            Component.Fee => Fees,
            Component.Interest => Interest,
            _ => Principal,
        };

    /// <summary>An amount of one component.</summary>
    public static ComponentAmounts Of(Component component, long amount) =>
        component switch
        {
            Component.Penalty => new ComponentAmounts(0, 0, 0, amount),
            Component.Fee => new ComponentAmounts(0, 0, amount, 0),
            Component.Interest => new ComponentAmounts(0, amount, 0, 0),
            _ => new ComponentAmounts(amount, 0, 0, 0),
        };

    public static ComponentAmounts operator +(ComponentAmounts left, ComponentAmounts right) =>
        new(
            left.Principal + right.Principal,
            left.Interest + right.Interest,
            left.Fees + right.Fees,
            left.Penalty + right.Penalty
        );

    public static ComponentAmounts operator -(ComponentAmounts left, ComponentAmounts right) =>
        new(
            left.Principal - right.Principal,
            left.Interest - right.Interest,
            left.Fees - right.Fees,
            left.Penalty - right.Penalty
        );
}
