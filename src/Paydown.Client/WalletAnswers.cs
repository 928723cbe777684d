namespace Paydown.Client;

/// <summary>What is in a wallet.</summary>
public sealed record Wallet
{
    /// <summary>Whose it is.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>All of it can be spent.</summary>
    public required decimal Balance { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string CurrencyCode { get; init; }
}

/// <summary>One movement of a wallet.</summary>
public sealed record WalletHistoryItem
{
    /// <summary>The journal entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>Why.</summary>
    public required WalletMovementKind Kind { get; init; }

    /// <summary>Positive where money came, negative where it left.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What was in the wallet then.</summary>
    public required decimal BalanceAfter { get; init; }

    /// <summary>The transfer, repayment or disbursement that it is about.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Of the transfer; null where it is about none.</summary>
    public string? TransactionReference { get; init; }

    /// <summary>In words.</summary>
    public required string Description { get; init; }

    /// <summary>The day from which it counts.</summary>
    public required DateOnly ValueDate { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset RecordedDate { get; init; }
}

/// <summary>A transfer that was taken.</summary>
public sealed record TransferRequested
{
    /// <summary>Asks for its status.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>Id of the transfer.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>What the bank account gets.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Where it stands.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset TransferDate { get; init; }

    /// <summary>When the money is usually there.</summary>
    public required DateTimeOffset EstimatedSettlementTime { get; init; }

    /// <summary>Taken from the wallet on top of the amount.</summary>
    public required decimal Fee { get; init; }
}

/// <summary>A transfer and where it stands.</summary>
public sealed record Transfer
{
    /// <summary>Its name.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>Where it stands.</summary>
    public required TransferStatus TransferStatus { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset InitiatedDate { get; init; }

    /// <summary>When it ended, completed or failed; null before.</summary>
    public DateTimeOffset? CompletedDate { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>What the bank account gets.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Where the money goes.</summary>
    public required SettlementDetails SettlementDetails { get; init; }

    /// <summary>Id of the transfer.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>Taken from the wallet on top of the amount.</summary>
    public required decimal Fee { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }
}

/// <summary>Where the money of a transfer goes.</summary>
public sealed record SettlementDetails
{
    /// <summary>The customer's bank account.</summary>
    public required Guid BankAccountId { get; init; }

    /// <summary>Its number when the transfer was taken.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The name of its holder then.</summary>
    public required string AccountName { get; init; }

    /// <summary>Code of the bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>Name of the bank.</summary>
    public required string BankName { get; init; }

    /// <summary>The message that the lender's bank got it with; null before.</summary>
    public string? BatchReference { get; init; }

    /// <summary>When the money is usually there.</summary>
    public required DateTimeOffset EstimatedSettlementTime { get; init; }
}

/// <summary>A transaction PIN that was set.</summary>
public sealed record TransactionPinSet
{
    /// <summary>When.</summary>
    public required DateTimeOffset SetAt { get; init; }
}
