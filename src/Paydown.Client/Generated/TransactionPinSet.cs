namespace Paydown.Client;

/// <summary>The response to setting a transaction PIN, which is valid at once.</summary>
public sealed partial record TransactionPinSet
{
    /// <summary>When the PIN was set.</summary>
    public required DateTimeOffset SetAt { get; init; }
}
