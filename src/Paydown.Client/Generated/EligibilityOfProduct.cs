namespace Paydown.Client;

/// <summary>Who is eligible for one product.</summary>
public sealed partial record EligibilityOfProduct
{
    /// <summary>The product's id.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>The product's name.</summary>
    public required string ProductName { get; init; }

    /// <summary>The limits that applicants must meet.</summary>
    public required ProductEligibility Eligibility { get; init; }
}
