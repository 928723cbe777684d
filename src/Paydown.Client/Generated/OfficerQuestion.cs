namespace Paydown.Client;

/// <summary>An eligibility question with its passing answers, for officers only.</summary>
public sealed partial record OfficerQuestion
{
    /// <summary>The question's id. Null: derived from the text, so the same question keeps its id.</summary>
    public Guid? QuestionId { get; init; }

    /// <summary>The question, as customers see it.</summary>
    public required string Question { get; init; }

    /// <summary>The type of the answer.</summary>
    public required QuestionType Type { get; init; }

    /// <summary>The answers to choose from. For CHOICE only.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>Whether the question must be answered. Null: true.</summary>
    public bool? Required { get; init; }

    /// <summary>The answers that pass; empty if every answer passes. For YES_NO and CHOICE.</summary>
    public IReadOnlyList<string>? PassingAnswers { get; init; }

    /// <summary>The smallest number that passes. For NUMBER.</summary>
    public decimal? PassingMinimum { get; init; }

    /// <summary>The largest number that passes. For NUMBER.</summary>
    public decimal? PassingMaximum { get; init; }
}
