namespace Paydown.Client;

/// <summary>One kind of debt: a component at a time of falling due.</summary>
public sealed partial record Bucket
{
    /// <summary>When it falls due.</summary>
    public required DueType DueType { get; init; }

    /// <summary>The component.</summary>
    public required Component Component { get; init; }
}
