namespace Paydown.Client;

/// <summary>What a replay of a period sends.</summary>
public sealed partial record Replayed
{
    /// <summary>The number of events.</summary>
    public required int Count { get; init; }

    /// <summary>True if the period has more events than one replay can send.</summary>
    public required bool HasMore { get; init; }
}
