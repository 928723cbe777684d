namespace Paydown.Client;

/// <summary>What an installment that stays unpaid costs, once an installment and period.</summary>
public sealed partial record OverduePenalty
{
    /// <summary>The field percent.</summary>
    public required decimal Percent { get; init; }

    /// <summary>The amount that the percentage applies to. Null: PRINCIPAL_OVERDUE.</summary>
    public OverduePenaltyBase? Of { get; init; }

    /// <summary>Days after the due date before the penalty is charged. Null: 0.</summary>
    public int? GraceDays { get; init; }
}
