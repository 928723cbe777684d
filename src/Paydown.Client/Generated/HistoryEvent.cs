namespace Paydown.Client;

/// <summary>An event of a loan with what it changed, as the loan is computed today.</summary>
public sealed partial record HistoryEvent
{
    /// <summary>
    /// The event, which has the id of its repayment if it is one; for END_OF_DAY the first journal entry of the day.
    /// </summary>
    public required Guid EventId { get; init; }

    /// <summary>
    /// The place in the order of recording, from 1; null for what follows from the terms, such as a penalty, and for
    /// END_OF_DAY.
    /// </summary>
    public required int? Sequence { get; init; }

    /// <summary>The kind of event. END_OF_DAY: what the passing of a day posts; only officers see it.</summary>
    public required HistoryKind Kind { get; init; }

    /// <summary>The day from which it counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When it was recorded; null if it follows from the terms.</summary>
    public required DateTimeOffset? RecordedAt { get; init; }

    /// <summary>True if it was reversed or undone: it has no effect now, and shows the one it had.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>The event that it takes back; null if it takes none back.</summary>
    public required Guid? ReversedEventId { get; init; }

    /// <summary>The amount; 0 if it moves none.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The principal in the amount.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>The interest in the amount.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>The fees in the amount.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>The penalties in the amount.</summary>
    public required decimal PenaltyAmount { get; init; }

    /// <summary>The part of the amount beyond everything owed.</summary>
    public required decimal OverpaidAmount { get; init; }

    /// <summary>What each installment received, in the order of allocation.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    /// <summary>The outstanding principal right after it; null if it moves no amount.</summary>
    public required decimal? PrincipalBalance { get; init; }

    /// <summary>Everything outstanding right after it; null if it moves no amount.</summary>
    public required decimal? TotalBalance { get; init; }

    /// <summary>The user who recorded it; null for customers, null if it follows from the terms.</summary>
    public Guid? RecordedBy { get; init; }

    /// <summary>The officer's reason; null for customers and if none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>Its journal entries, in order of recording; null for customers.</summary>
    public IReadOnlyList<JournalEntry>? Entries { get; init; }
}
