namespace Paydown.Client;

/// <summary>The fees of the open products.</summary>
public sealed partial record FeeStructure
{
    /// <summary>One entry per open product.</summary>
    public required IReadOnlyList<FeesOfProduct> Products { get; init; }
}
