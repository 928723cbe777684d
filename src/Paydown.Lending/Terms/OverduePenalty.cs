namespace Paydown.Lending.Terms;

/// <summary>The price of an installment that stays unpaid, once per installment.</summary>
public sealed record OverduePenalty(decimal Percent, OverduePenaltyBase Of, int GraceDays);

public enum OverduePenaltyBase
{
    PrincipalOverdue,
    PrincipalAndInterestOverdue,
}
