namespace Paydown.Client;

/// <summary>A customer's report beside a bank entry.</summary>
public sealed partial record ComparedReport
{
    /// <summary>The repayment.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>Its state.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>The amount.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The amount of the entry less that of the report.</summary>
    public required decimal AmountDifference { get; init; }

    /// <summary>When it was paid, by the report.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>The days from then to the value date of the entry; negative if the entry came before.</summary>
    public required int DaysLater { get; init; }

    /// <summary>The reference that the payer used, by the report.</summary>
    public required string Reference { get; init; }

    /// <summary>The account that it was paid from, by the report; null if it does not say.</summary>
    public required string? BankAccountNumber { get; init; }

    /// <summary>The payer's words; null if there are none.</summary>
    public required string? Narration { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
