using Paydown.Lending.Amounts;

namespace Paydown.Lending.Installments;

/// <summary>
/// One row of the schedule during a replay. Amounts in minor units. Becomes an <see cref="Installment"/> at the end.
/// </summary>
internal struct InstallmentState
{
    public DateOnly FromOn;
    public DateOnly DueOn;
    public ComponentAmounts Due;
    public ComponentAmounts Paid;
    public ComponentAmounts WrittenOff;

    /// <summary>Interest that was not earned when the loan was written off: it is not owed.</summary>
    public long Forgone;

    public long PaidInAdvance;
    public long PaidLate;

    /// <summary>The waived amount: not part of <see cref="Due"/>, even when that is recomputed.</summary>
    public ComponentAmounts Waived;

    /// <summary>Principal owed again (chargeback): part of <see cref="Due"/>, but not of the amortization.</summary>
    public long Returned;

    /// <summary>
    /// Interest, fees and penalties owed again (chargeback): part of <see cref="Due"/>, but no new income.
    /// </summary>
    public ComponentAmounts ReturnedIncome;

    /// <summary>
    /// Interest of days after it that it shows because no row to come can bear it: part of <see cref="Due"/>.
    /// </summary>
    public long LateInterest;

    /// <summary>
    /// Less interest in its period because part of the balance was disbursed during it. Minor units, not rounded.
    /// </summary>
    public decimal Undisbursed;

    /// <summary>Principal of a progressive plan in which everything is paid when it is due; null: as agreed.</summary>
    public long? PrincipalInPlan;

    public DateOnly? PaidOn;
    public bool IsDownPayment;

    /// <summary>Added after maturity for a charge or a chargeback: not a row of the amortization.</summary>
    public bool IsAdded;

    /// <summary>How many days have passed on which a penalty of this installment is decided.</summary>
    public int PenaltiesDecided;

    /// <summary>What the terms have charged it in penalties, whether waived since or not.</summary>
    public long PenaltiesCharged;

    /// <summary>No further penalty is decided.</summary>
    public bool HasNoMorePenalties;

    public readonly ComponentAmounts Outstanding => Due - Paid;

    /// <summary>Principal of the amortization: without what is owed again.</summary>
    public readonly long PlannedPrincipal => Due.Principal - Returned;

    /// <summary>Interest of the amortization: without what is owed again.</summary>
    public readonly long PlannedInterest => Due.Interest - ReturnedIncome.Interest;

    /// <summary>Principal paid for the amortization; what is owed again is paid first.</summary>
    public readonly long PlannedPrincipalPaid => Math.Max(0, Paid.Principal - Returned);

    /// <summary>Interest paid for the amortization; what is owed again is paid first.</summary>
    public readonly long PlannedInterestPaid => Math.Max(0, Paid.Interest - ReturnedIncome.Interest);

    /// <summary>Takes over what another row owes and has received.</summary>
    public void Merge(in InstallmentState other)
    {
        Due += other.Due;
        Paid += other.Paid;
        Waived += other.Waived;
        Returned += other.Returned;
        ReturnedIncome += other.ReturnedIncome;
        PaidInAdvance += other.PaidInAdvance;
        PaidLate += other.PaidLate;
        if (!Outstanding.IsZero)
            PaidOn = null;
        else if (PaidOn is null || other.PaidOn > PaidOn)
            PaidOn = other.PaidOn ?? PaidOn;
    }
}
