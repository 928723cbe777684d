namespace Paydown.Lending.Installments;

public enum ChargeKind
{
    Fee,
    Penalty,
}
