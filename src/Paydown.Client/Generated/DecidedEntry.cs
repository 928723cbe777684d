namespace Paydown.Client;

/// <summary>An entry of a bank statement right after a decision.</summary>
public sealed partial record DecidedEntry
{
    /// <summary>The entry.</summary>
    public required StatementEntry Entry { get; init; }

    /// <summary>The decision that awaits a second officer; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
