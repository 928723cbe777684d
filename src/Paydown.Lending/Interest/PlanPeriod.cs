using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Interest;

/// <summary>
/// The period of one installment of a progressive loan: the agreed amounts, and the interest that its days have earned.
/// Amounts in minor units.
/// </summary>
internal struct PlanPeriod
{
    private decimal accrued;
    private long taken;

    /// <summary>The agreed installment: principal and interest.</summary>
    public long Installment;

    /// <summary>The principal of <see cref="Installment"/>.</summary>
    public long Principal;

    /// <summary>The rate of the whole period: 0.01 is 1 %.</summary>
    public decimal Factor;

    /// <summary>Interest of future days that is already payable, not rounded.</summary>
    public decimal Ahead;

    /// <summary>Interest that came from another period, whose installment no longer asks for it.</summary>
    public long Carried;

    /// <summary>Its interest falls due with a later installment.</summary>
    public bool IsDeferred;

    /// <summary>True if its principal and interest are final.</summary>
    public bool IsSettled;

    /// <summary>Interest of its days that no settled installment has taken.</summary>
    public readonly long Left => LeftWith(Ahead);

    /// <summary>The same, with other interest of future days.</summary>
    public readonly long LeftWith(decimal ahead)
    {
        var interest = accrued + ahead;
        return interest == 0m && Carried == 0
            ? 0
            : Math.Max(0, Significant.ToMinor(Significant.Round(interest)) + Carried - taken);
    }

    /// <summary>
    /// A further disbursement asks for more in an installment that was paid ahead. Its interest, taken when it was
    /// settled, is part of what it asks for again.
    /// </summary>
    public void Reopen(long takenInterest)
    {
        IsSettled = false;
        Carried += takenInterest;
    }

    /// <summary>Interest of days that have passed, not rounded.</summary>
    public void Accrue(decimal interest)
    {
        accrued += interest;
        Ahead = 0m;
    }

    /// <summary>Takes at most an amount of the remaining interest.</summary>
    /// <returns>What was taken.</returns>
    public long Take(long interestMax)
    {
        var interest = Math.Min(Left, interestMax);
        taken += interest;
        return interest;
    }
}
