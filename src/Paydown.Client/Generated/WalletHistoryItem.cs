namespace Paydown.Client;

/// <summary>A movement of a wallet.</summary>
public sealed partial record WalletHistoryItem
{
    /// <summary>The id of the journal entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>The kind of movement.</summary>
    public required WalletMovementKind Kind { get; init; }

    /// <summary>The amount: positive if money arrived, negative if it left.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The wallet's balance after the movement.</summary>
    public required decimal BalanceAfter { get; init; }

    /// <summary>The transfer, repayment or disbursement behind the movement.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The transfer's reference; null if the movement belongs to no transfer.</summary>
    public required string? TransactionReference { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Description { get; init; }

    /// <summary>The day from which the movement counts.</summary>
    public required DateOnly ValueDate { get; init; }

    /// <summary>When the movement was recorded.</summary>
    public required DateTimeOffset RecordedDate { get; init; }
}
