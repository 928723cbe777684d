namespace Paydown.Client;

/// <summary>The response to applying a charge.</summary>
public sealed partial record AppliedCharge
{
    /// <summary>The charge's id; null while a second manager is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>FEE or PENALTY.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>The amount of the charge.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day on which the charge falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The loan's outstanding fees now.</summary>
    public required decimal FeesBalance { get; init; }

    /// <summary>The loan's outstanding penalties now.</summary>
    public required decimal PenaltyBalance { get; init; }

    /// <summary>Everything outstanding on the loan now.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The loan account's state now.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The charge that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
