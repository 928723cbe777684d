namespace Paydown.Client;

/// <summary>A report of a bank transfer that no bank statement shows.</summary>
public sealed partial record UnconfirmedRepayment
{
    /// <summary>The repayment.</summary>
    public required Guid Id { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The reported amount.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The reference that the payer used.</summary>
    public required string Reference { get; init; }

    /// <summary>When it was paid, by the report.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>The days since then.</summary>
    public required int AgeInDays { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
