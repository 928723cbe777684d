namespace Paydown.Lending.Amounts;

public enum Component
{
    Penalty,
    Fee,
    Interest,
    Principal,
}
