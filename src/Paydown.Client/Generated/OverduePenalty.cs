namespace Paydown.Client;

/// <summary>The price of an installment that stays unpaid, charged once per installment.</summary>
public sealed partial record OverduePenalty
{
    /// <summary>The penalty, in percent of what is overdue.</summary>
    public required decimal Percent { get; init; }

    /// <summary>The amount that the percentage applies to. Null: PRINCIPAL_OVERDUE.</summary>
    public OverduePenaltyBase? Of { get; init; }

    /// <summary>Days after the due date before the penalty is charged. Null: 0.</summary>
    public int? GraceDays { get; init; }
}
