namespace Paydown.Client;

/// <summary>The destination of a transfer.</summary>
public sealed partial record SettlementDetails
{
    /// <summary>The customer's bank account.</summary>
    public required Guid BankAccountId { get; init; }

    /// <summary>The account number at the time of the request.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The account holder's name at the time of the request.</summary>
    public required string AccountName { get; init; }

    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }

    /// <summary>The message id of the batch that the payment partner received; null before.</summary>
    public required string? BatchReference { get; init; }

    /// <summary>When the money usually arrives.</summary>
    public required DateTimeOffset EstimatedSettlementTime { get; init; }
}
