namespace Paydown.Client;

/// <summary>An eligibility question, for applicants.</summary>
public sealed partial record QuestionAsked
{
    /// <summary>The question's id, which an answer names.</summary>
    public required Guid QuestionId { get; init; }

    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The type of the answer.</summary>
    public required QuestionType Type { get; init; }

    /// <summary>The answers to choose from; empty unless type is CHOICE.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>True if the question must be answered.</summary>
    public required bool Required { get; init; }
}
