namespace Paydown.Client;

/// <summary>A journal entry with all its postings, which add up to zero.</summary>
public sealed partial record JournalEntry
{
    /// <summary>The journal entry.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>What the entry books, for example REPAYMENT_VERIFIED.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Narration { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day on which it counts.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>When the entry was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The customer of the entry; the organisation itself if it concerns none.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The loan account; null for an entry that concerns no loan.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>The event of the loan, the repayment, the transfer or the bank's entry that the entry books.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The debits and credits.</summary>
    public required IReadOnlyList<EntryLine> Postings { get; init; }
}
