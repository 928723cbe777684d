namespace Paydown.Client;

/// <summary>A fee or penalty of a loan, for its customer.</summary>
public sealed partial record LoanCharge
{
    /// <summary>The charge's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>FEE or PENALTY.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>The amount that was charged.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day from which it is owed.</summary>
    public required DateOnly ChargedOn { get; init; }

    /// <summary>The day on which it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The installment that it is part of.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>What was paid of it.</summary>
    public required decimal PaidAmount { get; init; }

    /// <summary>What was waived of it.</summary>
    public required decimal WaivedAmount { get; init; }

    /// <summary>What is still owed of it.</summary>
    public required decimal OutstandingAmount { get; init; }

    /// <summary>Why it was charged; null if no reason was given.</summary>
    public required string? Reason { get; init; }
}
