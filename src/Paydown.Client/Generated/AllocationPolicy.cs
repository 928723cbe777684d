namespace Paydown.Client;

/// <summary>Which debts a payment settles first.</summary>
public sealed partial record AllocationPolicy
{
    /// <summary>How the order of debts is determined.</summary>
    public required AllocationStrategy Strategy { get; init; }

    /// <summary>The order of the four components. For OLDEST_FIRST.</summary>
    public IReadOnlyList<Component>? Order { get; init; }

    /// <summary>The order of components that are due. For DUE_THEN_IN_ADVANCE.</summary>
    public IReadOnlyList<Component>? Due { get; init; }

    /// <summary>The order of components paid in advance. For DUE_THEN_IN_ADVANCE.</summary>
    public IReadOnlyList<Component>? InAdvance { get; init; }

    /// <summary>The order of payment; each pair appears once. For ADVANCED.</summary>
    public IReadOnlyList<Bucket>? Buckets { get; init; }

    /// <summary>The order of payment per kind of transaction, where it differs from buckets. For ADVANCED.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Bucket>>? BucketsBySource { get; init; }

    /// <summary>
    /// HORIZONTAL pays all components of one installment before the next; VERTICAL pays one component of all
    /// installments before the next. For ADVANCED. Null: HORIZONTAL.
    /// </summary>
    public Processing? Processing { get; init; }

    /// <summary>
    /// Which future installments a payment in advance settles, per kind of transaction. For ADVANCED.
    /// </summary>
    public IReadOnlyDictionary<string, FutureRule>? FutureRules { get; init; }

    /// <summary>The rule for kinds without one of their own. For ADVANCED. Null: NEXT_INSTALLMENT.</summary>
    public FutureRule? DefaultFutureRule { get; init; }
}
