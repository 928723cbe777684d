using Paydown.Lending.Amounts;

namespace Paydown.Lending.Installments;

/// <summary>One row of the schedule and how far it is paid. Amounts by component are minor units.</summary>
public sealed record Installment
{
    public required int Number { get; init; }

    /// <summary>First day of its period.</summary>
    public required DateOnly FromOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>The amount due, after waivers.</summary>
    public required ComponentAmounts Due { get; init; }

    public required ComponentAmounts Paid { get; init; }

    /// <summary>The part of the paid amount that came before the due date.</summary>
    public required Money PaidInAdvance { get; init; }

    /// <summary>The part of the paid amount that came after the due date.</summary>
    public required Money PaidLate { get; init; }

    /// <summary>The day on which it became fully paid; null while something is outstanding.</summary>
    public required DateOnly? PaidOn { get; init; }

    /// <summary>Principal of the loan still owed by the schedule once this installment is paid.</summary>
    public required Money PrincipalBalance { get; init; }

    public bool IsDownPayment { get; init; }

    /// <summary>The waived part; not part of <see cref="Due"/>.</summary>
    public ComponentAmounts Waived { get; init; }

    /// <summary>The part that is owed again because a payment was charged back; part of <see cref="Due"/>.</summary>
    public ComponentAmounts Returned { get; init; }

    /// <summary>The part that was written off and not recovered since; not part of <see cref="Due"/>.</summary>
    public ComponentAmounts WrittenOff { get; init; }

    /// <summary>
    /// Interest of it that was not earned when the loan was written off: it fell away. Not part of <see cref="Due"/>.
    /// </summary>
    public required Money ForgoneInterest { get; init; }

    public ComponentAmounts Outstanding => Due - Paid;

    public bool IsPaid => Outstanding.Total == 0;
}
