using Paydown.Lending.Amounts;

namespace Paydown.Lending.Terms;

/// <summary>What an installment may still owe without being overdue: the larger of the two.</summary>
/// <param name="Amount">An amount; 0 for none.</param>
/// <param name="Percent">A part of what the installment asked for: 0 to 100.</param>
public sealed record ArrearsTolerance(Money Amount, decimal Percent)
{
    /// <summary>Whether so little is owed that it does not count.</summary>
    /// <param name="owed">What the installment owes, in minor units.</param>
    /// <param name="asked">What it asked for, in minor units.</param>
    public bool Allows(long owed, long asked) => owed <= Amount.MinorUnits || owed * 100m <= asked * Percent;
}
