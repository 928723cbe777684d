namespace Paydown.Client;

/// <summary>
/// A product for managers, in the form that they may send back, with the author and time of this version.
/// </summary>
public sealed partial record Product : ProductDefinition
{
    /// <summary>The product's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Counts the definitions of the product, starting with 1.</summary>
    public required int Version { get; init; }

    /// <summary>The user who made this version.</summary>
    public required Guid ChangedBy { get; init; }

    /// <summary>When this version was made.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The change that awaits a second manager. Null if there is none, and in lists.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>All versions, newest first; null in lists.</summary>
    public IReadOnlyList<Product>? Versions { get; init; }
}
