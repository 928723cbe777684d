namespace Paydown.Client;

/// <summary>An answer to an eligibility question.</summary>
public sealed partial record GivenAnswer
{
    /// <summary>The question.</summary>
    public required Guid QuestionId { get; init; }

    /// <summary>YES or NO, one of the options, a number, or a text.</summary>
    public required string Answer { get; init; }
}
