namespace Paydown.Client;

/// <summary>The payload of the event payment.unmatched.</summary>
public sealed partial record UnmatchedPayload
{
    /// <summary>The entry of the bank statement.</summary>
    public required Guid StatementEntryId { get; init; }

    /// <summary>The lender's bank account.</summary>
    public required Guid CollectionAccountId { get; init; }

    /// <summary>The amount that arrived.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day from which the money counts.</summary>
    public required DateOnly ValueOn { get; init; }

    /// <summary>UNMATCHED, or TO_DECIDE if there are candidates.</summary>
    public required EntryState State { get; init; }

    /// <summary>Why the rules did not decide, in words.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
