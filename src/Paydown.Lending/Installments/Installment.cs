using Paydown.Lending.Amounts;

namespace Paydown.Lending.Installments;

/// <summary>One row of the schedule with what has become of it. Amounts in minor units.</summary>
public sealed record Installment
{
    public required int Number { get; init; }

    /// <summary>First day of its period.</summary>
    public required DateOnly FromOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>What it asks for (after waivers).</summary>
    public required ComponentAmounts Due { get; init; }

    public required ComponentAmounts Paid { get; init; }

    /// <summary>Of what was paid: before its due date.</summary>
    public required long PaidInAdvanceMinor { get; init; }

    /// <summary>Of what was paid: after its due date.</summary>
    public required long PaidLateMinor { get; init; }

    /// <summary>The day on which it became fully paid; null while something is outstanding.</summary>
    public required DateOnly? PaidOn { get; init; }

    /// <summary>Principal of the loan still owed by the schedule once this installment is paid.</summary>
    public required long PrincipalBalanceMinor { get; init; }

    public bool IsDownPayment { get; init; }

    /// <summary>What of it was waived; not part of <see cref="Due"/>.</summary>
    public ComponentAmounts Waived { get; init; }

    /// <summary>What of it is owed again, because a payment was charged back; part of <see cref="Due"/>.</summary>
    public ComponentAmounts Returned { get; init; }

    /// <summary>What of it was written off and not recovered since; not part of <see cref="Due"/>.</summary>
    public ComponentAmounts WrittenOff { get; init; }

    /// <summary>
    /// Interest of it that was not earned when the loan was written off: it fell away. Not part of <see cref="Due"/>.
    /// </summary>
    public long ForgoneInterestMinor { get; init; }

    public ComponentAmounts Outstanding => Due - Paid;

    public bool IsPaid => Outstanding.Total == 0;
}
