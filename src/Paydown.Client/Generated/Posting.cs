namespace Paydown.Client;

/// <summary>One debit or credit, with the entry that it belongs to.</summary>
public sealed partial record Posting
{
    /// <summary>The journal entry.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>What the entry books, for example REPAYMENT_VERIFIED.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Narration { get; init; }

    /// <summary>The amount: positive for a debit, negative for a credit.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day on which it counts.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>When the entry was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The customer of the entry.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The loan account; null for an entry of the wallet alone.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>The event of the loan, the repayment or the transfer that the entry books.</summary>
    public required Guid SubjectId { get; init; }
}
