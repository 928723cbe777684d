namespace Paydown.Client;

/// <summary>What would follow from verifying a repayment.</summary>
public sealed partial record VerificationPreview
{
    /// <summary>The state of the loan account after it.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The loan's total outstanding after it.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The part of the repayment that would exceed everything owed.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>The installments that it would settle.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }
}
