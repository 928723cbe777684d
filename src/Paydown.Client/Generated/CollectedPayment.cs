namespace Paydown.Client;

/// <summary>A payment that a collector reports: a line of its file.</summary>
public sealed partial record CollectedPayment
{
    /// <summary>The collection's id; null in a preview.</summary>
    public required Guid? Id { get; init; }

    /// <summary>The file; null in a preview.</summary>
    public required Guid? FileId { get; init; }

    /// <summary>The line of the file, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The collector's own id of it.</summary>
    public required string TransactionId { get; init; }

    /// <summary>The reference or account number of the loan, as written.</summary>
    public required string Loan { get; init; }

    /// <summary>The day on which the borrower paid.</summary>
    public required DateOnly CollectedOn { get; init; }

    /// <summary>What the borrower paid.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What the collector keeps: as booked, else as the file states it; null if it does not.</summary>
    public required decimal? Commission { get; init; }

    /// <summary>What became of it.</summary>
    public required CollectionState State { get; init; }

    /// <summary>Why it waits; null if it does not.</summary>
    public required CollectionWait? Wait { get; init; }

    /// <summary>Why it waits, or why an officer decided so; null if the rules booked it.</summary>
    public required string? Explanation { get; init; }

    /// <summary>The loan account that it is booked on; null if it is not.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>The repayment that it is; null if it is none.</summary>
    public required Guid? RepaymentId { get; init; }

    /// <summary>True if that repayment was reversed.</summary>
    public required bool IsReversed { get; init; }
}
