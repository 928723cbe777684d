namespace Paydown.Lending.Terms;

/// <summary>The price of an installment that stays unpaid, charged once per installment.</summary>
/// <param name="Percent">The penalty, in percent of what is overdue.</param>
/// <param name="Of">The debts that count as overdue.</param>
/// <param name="GraceDays">The days after the due date without a penalty.</param>
public sealed record OverduePenalty(decimal Percent, OverduePenaltyBase Of, int GraceDays);

public enum OverduePenaltyBase
{
    PrincipalOverdue,
    PrincipalAndInterestOverdue,
}
