namespace Paydown.Client;

/// <summary>A decision on a repayment.</summary>
public sealed partial record DecisionTaken
{
    /// <summary>FIRST_APPROVAL, VERIFIED, REJECTED, WITHDRAWN or REVERSED.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>The officer, the API token, or the customer who withdrew the report.</summary>
    public required Guid DecidedBy { get; init; }

    /// <summary>The name of the person in decidedBy; null if it is no user of this organisation.</summary>
    public required string? DecidedByName { get; init; }

    /// <summary>When the decision was made.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Why it was rejected, withdrawn, reversed or corrected; null if no reason was given.</summary>
    public required string? Reason { get; init; }

    /// <summary>The amount that was approved; null for other decisions.</summary>
    public required decimal? RepaymentAmount { get; init; }

    /// <summary>The payment date that was approved; null for other decisions.</summary>
    public required DateOnly? PaymentDate { get; init; }
}
