namespace Paydown.Client;

/// <summary>An installment that is not fully paid. Its amounts are what is still outstanding.</summary>
public sealed partial record PendingInstallment
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The installment's place in the schedule, counted from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The day on which the installment falls due, or fell due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The outstanding amount: principal, interest, fees and penalty together.</summary>
    public required decimal AmountDue { get; init; }

    /// <summary>The outstanding principal.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>The outstanding interest.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>PENDING, PARTIALLY_PAID or OVERDUE.</summary>
    public required InstallmentStatus Status { get; init; }

    /// <summary>Days since the due date; 0 if it has not passed.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>The outstanding fees.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>The outstanding penalty.</summary>
    public required decimal PenaltyAmount { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }
}
