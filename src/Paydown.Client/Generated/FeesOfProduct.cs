namespace Paydown.Client;

/// <summary>The fees of one product.</summary>
public sealed partial record FeesOfProduct
{
    /// <summary>The product's id.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>The product's name.</summary>
    public required string ProductName { get; init; }

    /// <summary>The fees, in the order in which they are listed.</summary>
    public required IReadOnlyList<ProductFee> Fees { get; init; }
}
