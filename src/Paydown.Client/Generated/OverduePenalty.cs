namespace Paydown.Client;

/// <summary>
/// The price of an installment that stays unpaid. It is charged once per installment, or again and again while
/// principal or interest of it is overdue; fees and penalties bear none.
/// </summary>
public sealed partial record OverduePenalty
{
    /// <summary>Percent of the overdue amount: more than 0. Null or 0: a fixed amount.</summary>
    public decimal? Percent { get; init; }

    /// <summary>The amount that the percentage applies to. Null: PRINCIPAL_OVERDUE.</summary>
    public OverduePenaltyBase? Of { get; init; }

    /// <summary>Days after the due date before the penalty is charged. Null: 0.</summary>
    public int? GraceDays { get; init; }

    /// <summary>A fixed amount for each penalty, instead of the percentage.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Charged again every N days while still overdue. Null: once.</summary>
    public int? EveryDays { get; init; }

    /// <summary>The limit of all penalties, in percent of the installment. Null: none.</summary>
    public decimal? CapPercent { get; init; }
}
