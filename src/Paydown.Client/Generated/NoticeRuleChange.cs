namespace Paydown.Client;

/// <summary>A kind of notice as it is to be. Without subject and text: Paydown's words.</summary>
public sealed partial record NoticeRuleChange
{
    /// <summary>Whether customers get this notice.</summary>
    public required bool IsOn { get; init; }

    /// <summary>The subject line, with placeholders. Null, together with the text: Paydown's words.</summary>
    public string? Subject { get; init; }

    /// <summary>The text, with placeholders such as {firstName}.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Of DUE_SOON: days before the due date; of OVERDUE: days after it. Ascending. Null: Paydown's days.
    /// </summary>
    public IReadOnlyList<int>? Days { get; init; }
}
