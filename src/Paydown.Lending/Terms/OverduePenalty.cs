using Paydown.Lending.Amounts;

namespace Paydown.Lending.Terms;

/// <summary>
/// The price of an installment that stays unpaid. It is charged once per installment, or again and again while
/// principal or interest of it is overdue; fees and penalties bear none.
/// </summary>
/// <param name="Percent">The penalty, in percent of what is overdue; 0 if it is a fixed amount.</param>
/// <param name="Of">The debts that count as overdue.</param>
/// <param name="GraceDays">The days after the due date without a penalty.</param>
public sealed record OverduePenalty(decimal Percent, OverduePenaltyBase Of, int GraceDays)
{
    /// <summary>The penalty as a fixed amount; null if it is a percentage.</summary>
    public Money? Amount { get; init; }

    /// <summary>The days after which an installment that is still overdue is charged again; null: never.</summary>
    public int? EveryDays { get; init; }

    /// <summary>
    /// The most that an installment is charged in all, in percent of its principal and interest; null: no limit.
    /// </summary>
    public decimal? CapPercent { get; init; }
}

public enum OverduePenaltyBase
{
    PrincipalOverdue,
    PrincipalAndInterestOverdue,
}
