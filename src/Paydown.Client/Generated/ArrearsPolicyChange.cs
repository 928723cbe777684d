namespace Paydown.Client;

/// <summary>How arrears are to be counted and losses provided for.</summary>
public sealed partial record ArrearsPolicyChange
{
    /// <summary>The version that the change is based on. Refused if it is not the current one.</summary>
    public required int Version { get; init; }

    /// <summary>The last day past due of each bucket but the last, in ascending order.</summary>
    public required IReadOnlyList<int> Buckets { get; init; }

    /// <summary>Days past due after which earned interest is in suspense. Null: never.</summary>
    public required int? NonAccrualAfterDays { get; init; }

    /// <summary>In percent: of current loans, then of each bucket. Null: nothing is set aside.</summary>
    public required IReadOnlyList<decimal>? ProvisionRates { get; init; }
}
