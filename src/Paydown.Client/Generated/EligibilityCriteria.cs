namespace Paydown.Client;

/// <summary>Who is eligible for the open products.</summary>
public sealed partial record EligibilityCriteria
{
    /// <summary>One entry per open product.</summary>
    public required IReadOnlyList<EligibilityOfProduct> Products { get; init; }
}
