namespace Paydown.Client;

/// <summary>How an organisation counts arrears, and what it expects to lose.</summary>
public sealed partial record ArrearsPolicy
{
    /// <summary>Grows with each change of the policy and of accrualPosting, starting with 1.</summary>
    public required int Version { get; init; }

    /// <summary>
    /// The last day past due of each bucket but the last, in ascending order, for example 30, 60, 90.
    /// </summary>
    public required IReadOnlyList<int> Buckets { get; init; }

    /// <summary>
    /// Days past due after which earned interest is kept in suspense until it is paid; null: it always is income.
    /// </summary>
    public required int? NonAccrualAfterDays { get; init; }

    /// <summary>
    /// What is expected to be lost, in percent of principal and accrued interest: of current loans, then of each
    /// bucket. Null: nothing is set aside.
    /// </summary>
    public required IReadOnlyList<decimal>? ProvisionRates { get; init; }
}
