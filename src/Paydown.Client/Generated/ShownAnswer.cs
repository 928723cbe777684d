namespace Paydown.Client;

/// <summary>The answer to an eligibility question.</summary>
public sealed partial record ShownAnswer
{
    /// <summary>The question's id.</summary>
    public required Guid QuestionId { get; init; }

    /// <summary>The question; empty if the product no longer asks it.</summary>
    public required string Question { get; init; }

    /// <summary>The answer.</summary>
    public required string Answer { get; init; }
}
