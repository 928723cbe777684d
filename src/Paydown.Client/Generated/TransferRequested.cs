namespace Paydown.Client;

/// <summary>The response to requesting a transfer, with the fields of the contract.</summary>
public sealed partial record TransferRequested
{
    /// <summary>The transfer's reference.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>The transfer's id.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>The amount that the bank account receives.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Always PENDING.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>When the transfer was requested.</summary>
    public required DateTimeOffset TransferDate { get; init; }

    /// <summary>When the money usually arrives.</summary>
    public required DateTimeOffset EstimatedSettlementTime { get; init; }

    /// <summary>The fee, taken from the wallet on top of the amount.</summary>
    public required decimal Fee { get; init; }
}
