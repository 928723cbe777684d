namespace Paydown.Client;

/// <summary>The part of a repayment that settled one installment, in figures and in words.</summary>
public sealed partial record ExplainedLine
{
    /// <summary>The installment's place in the schedule, counted from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The installment's due date.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The principal that was paid.</summary>
    public required decimal Principal { get; init; }

    /// <summary>The interest that was paid.</summary>
    public required decimal Interest { get; init; }

    /// <summary>The fees that were paid.</summary>
    public required decimal Fees { get; init; }

    /// <summary>The penalty that was paid.</summary>
    public required decimal Penalty { get; init; }

    /// <summary>The same in one English sentence.</summary>
    public required string Explanation { get; init; }
}
