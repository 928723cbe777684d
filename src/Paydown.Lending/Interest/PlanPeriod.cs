using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Interest;

/// <summary>
/// The period of one installment of a progressive loan: what was agreed for it and what interest its days have earned.
/// Amounts in minor units.
/// </summary>
internal struct PlanPeriod
{
    private decimal accrued;
    private long taken;

    /// <summary>Principal and interest that the installment asks for as agreed.</summary>
    public long Installment;

    /// <summary>What of <see cref="Installment"/> is principal.</summary>
    public long Principal;

    /// <summary>As in its row: what the disbursements that run longer leave of the balance after it.</summary>
    public long? Leaves;

    /// <summary>The rate of the whole period: 0.01 is 1 %.</summary>
    public decimal Factor;

    /// <summary>Interest of days to come that is asked for already, not rounded.</summary>
    public decimal Ahead;

    /// <summary>True if its principal and interest are final.</summary>
    public bool IsSettled;

    /// <summary>Interest of its days that no settled installment has taken.</summary>
    public readonly long Left => LeftWith(Ahead);

    /// <summary>The same, with other interest of days to come.</summary>
    public readonly long LeftWith(decimal ahead)
    {
        var interest = accrued + ahead;
        return interest == 0m ? 0 : Math.Max(0, Significant.ToMinor(Significant.Round(interest)) - taken);
    }

    /// <summary>Interest of days that have passed, not rounded.</summary>
    public void Accrue(decimal interest)
    {
        accrued += interest;
        Ahead = 0m;
    }

    /// <summary>Takes of the interest that is left, at most an amount.</summary>
    /// <returns>What was taken.</returns>
    public long Take(long interestMax)
    {
        var interest = Math.Min(Left, interestMax);
        taken += interest;
        return interest;
    }
}
