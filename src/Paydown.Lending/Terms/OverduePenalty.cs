namespace Paydown.Lending.Terms;

/// <summary>What an installment that stays unpaid costs, once an installment and period.</summary>
public sealed record OverduePenalty(decimal Percent, OverduePenaltyBase Of, int GraceDays);

public enum OverduePenaltyBase
{
    PrincipalOverdue,
    PrincipalAndInterestOverdue,
}
