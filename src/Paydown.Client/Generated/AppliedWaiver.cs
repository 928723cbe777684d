namespace Paydown.Client;

/// <summary>The response to waiving a debt.</summary>
public sealed partial record AppliedWaiver
{
    /// <summary>The waiver's id; null while a second manager is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>CHARGE or INTEREST.</summary>
    public required WaivedDebt Debt { get; init; }

    /// <summary>The waived charge; null for interest.</summary>
    public required Guid? ChargeId { get; init; }

    /// <summary>The waived amount; 0 while a second manager is awaited.</summary>
    public required decimal WaivedAmount { get; init; }

    /// <summary>The loan's outstanding interest now.</summary>
    public required decimal InterestBalance { get; init; }

    /// <summary>The loan's outstanding fees now.</summary>
    public required decimal FeesBalance { get; init; }

    /// <summary>The loan's outstanding penalties now.</summary>
    public required decimal PenaltyBalance { get; init; }

    /// <summary>Everything outstanding on the loan now.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The loan account's state now.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The waiver that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
