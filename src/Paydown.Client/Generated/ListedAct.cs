namespace Paydown.Client;

/// <summary>An act of an officer on a loan.</summary>
public sealed partial record ListedAct
{
    /// <summary>The act's id, which undoing it takes.</summary>
    public required Guid Id { get; init; }

    /// <summary>The kind of act.</summary>
    public required LoanActKind Kind { get; init; }

    /// <summary>The amount of the act.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day from which it counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The due date of a charge; null for other acts.</summary>
    public required DateOnly? DueDate { get; init; }

    /// <summary>Why it was done; null if no reason was given.</summary>
    public required string? Reason { get; init; }

    /// <summary>The officer. For a fee that was agreed with the loan, the user who paid the loan out.</summary>
    public required Guid? RecordedBy { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>True if it was undone.</summary>
    public required bool IsUndone { get; init; }

    /// <summary>The officer who undid it; null if it was not undone.</summary>
    public required Guid? UndoneBy { get; init; }

    /// <summary>When it was undone; null if it was not.</summary>
    public required DateTimeOffset? UndoneAt { get; init; }

    /// <summary>Why it was undone; null if it was not.</summary>
    public required string? UndoneReason { get; init; }
}
