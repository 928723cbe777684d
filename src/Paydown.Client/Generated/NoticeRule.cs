namespace Paydown.Client;

/// <summary>A kind of notice to customers.</summary>
public sealed partial record NoticeRule
{
    /// <summary>The kind, for example REPAYMENT_VERIFIED.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>True if customers get it.</summary>
    public required bool IsOn { get; init; }

    /// <summary>The subject line, with placeholders.</summary>
    public required string Subject { get; init; }

    /// <summary>The text, with placeholders.</summary>
    public required string Text { get; init; }

    /// <summary>True if these are Paydown's words, not the organisation's.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>
    /// When a reminder is sent: days before the due date (DUE_SOON) or after it (OVERDUE). Null for all other kinds.
    /// </summary>
    public required IReadOnlyList<int>? Days { get; init; }

    /// <summary>The placeholders of this kind; each is written in braces: {firstName}.</summary>
    public required IReadOnlyList<string> Placeholders { get; init; }
}
