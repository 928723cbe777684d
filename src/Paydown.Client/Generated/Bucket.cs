namespace Paydown.Client;

/// <summary>The record Bucket.</summary>
public sealed partial record Bucket
{
    /// <summary>The field dueType.</summary>
    public required DueType DueType { get; init; }

    /// <summary>The field component.</summary>
    public required Component Component { get; init; }
}
