namespace Paydown.Client;

/// <summary>A collection right after a decision.</summary>
public sealed partial record DecidedCollection
{
    /// <summary>The collection.</summary>
    public required CollectedPayment Collection { get; init; }

    /// <summary>The decision that awaits a second officer; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
