namespace Paydown.Client;

/// <summary>A debt to waive.</summary>
public sealed partial record NewWaiver
{
    /// <summary>What to waive.</summary>
    public required WaivedDebt Debt { get; init; }

    /// <summary>The charge to waive, as listed among the loan's charges; required if debt is CHARGE.</summary>
    public Guid? ChargeId { get; init; }

    /// <summary>At most the unpaid part. Null: the whole unpaid part.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }
}
