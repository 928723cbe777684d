using Paydown.Lending.Amounts;

namespace Paydown.Lending.Terms;

/// <summary>Which debts a payment settles first.</summary>
public sealed record AllocationPolicy
{
    /// <summary>How the order of debts is determined.</summary>
    public required AllocationStrategy Strategy { get; init; }

    /// <summary>Components in order, for <see cref="AllocationStrategy.OldestFirst"/>.</summary>
    public IReadOnlyList<Component> Order { get; init; } = [];

    /// <summary>Components of what is due, for <see cref="AllocationStrategy.DueThenInAdvance"/>.</summary>
    public IReadOnlyList<Component> Due { get; init; } = [];

    /// <summary>Components in advance, for <see cref="AllocationStrategy.DueThenInAdvance"/>.</summary>
    public IReadOnlyList<Component> InAdvance { get; init; } = [];

    /// <summary>The buckets in order, for <see cref="AllocationStrategy.Advanced"/>.</summary>
    public IReadOnlyList<Bucket> Buckets { get; init; } = [];

    /// <summary>
    /// The buckets in an order of their own, by kind of payment; the other kinds follow <see cref="Buckets"/>.
    /// </summary>
    public IReadOnlyDictionary<PaymentSource, IReadOnlyList<Bucket>> BucketsBySource { get; init; } =
        new Dictionary<PaymentSource, IReadOnlyList<Bucket>>();

    /// <summary>Whether a payment settles installments one by one or buckets one by one.</summary>
    public Processing Processing { get; init; } = Processing.Horizontal;

    /// <summary>Where money for the future goes, by kind of payment.</summary>
    public IReadOnlyDictionary<PaymentSource, FutureRule> FutureRules { get; init; } =
        new Dictionary<PaymentSource, FutureRule>();

    /// <summary>
    /// Where money for the future goes for a kind of payment that <see cref="FutureRules"/> does not name.
    /// </summary>
    public FutureRule DefaultFutureRule { get; init; } = FutureRule.NextInstallment;
}

public enum AllocationStrategy
{
    OldestFirst,
    DueThenInAdvance,
    Advanced,
}

public enum DueType
{
    PastDue,
    Due,
    InAdvance,
}

/// <summary>One kind of debt: a component at a time of falling due.</summary>
/// <param name="DueType">When it falls due.</param>
/// <param name="Component">The component.</param>
public readonly record struct Bucket(DueType DueType, Component Component);

public enum Processing
{
    Horizontal,
    Vertical,
}

/// <summary>Where money for the future goes.</summary>
public enum FutureRule
{
    /// <summary>To the first future installment, then to the one after it.</summary>
    NextInstallment,

    /// <summary>To the last installment, then to the one before it.</summary>
    LastInstallment,

    /// <summary>In equal parts to all unpaid future installments.</summary>
    Reamortization,

    /// <summary>To the first unpaid future installment; the rest as <see cref="LastInstallment"/>.</summary>
    NextLastInstallment,
}
