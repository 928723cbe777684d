namespace Paydown.Client;

/// <summary>The questions of a product's version, in the form that a manager may send back.</summary>
public sealed partial record ProductQuestions
{
    /// <summary>The product's id.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>The product's version.</summary>
    public required int Version { get; init; }

    /// <summary>The questions, in order.</summary>
    public required IReadOnlyList<OfficerQuestion> EligibilityQuestions { get; init; }

    /// <summary>The change of the product that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
