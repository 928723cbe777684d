namespace Paydown.Client;

/// <summary>An installment and its payments.</summary>
public sealed partial record PaymentHistoryRow
{
    /// <summary>The installment's place in the schedule, counted from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The day on which the installment falls due, or fell due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The amount of the installment.</summary>
    public required decimal InstallmentAmount { get; init; }

    /// <summary>The principal in the installment.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>The interest in the installment.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>The fees in the installment.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>The penalty in the installment.</summary>
    public required decimal PenaltyAmount { get; init; }

    /// <summary>What was paid of it.</summary>
    public required decimal AmountPaid { get; init; }

    /// <summary>What is still to be paid of it.</summary>
    public required decimal OutstandingAmount { get; init; }

    /// <summary>PENDING, PARTIALLY_PAID, PAID or OVERDUE.</summary>
    public required InstallmentStatus PaymentStatus { get; init; }

    /// <summary>The day on which it became fully paid; null if it is not.</summary>
    public required DateOnly? PaymentDate { get; init; }

    /// <summary>Days since the due date of an unpaid installment; 0 if it is not overdue.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>What was written off: installmentAmount = amountPaid + outstandingAmount + writtenOffAmount.</summary>
    public required decimal WrittenOffAmount { get; init; }
}
