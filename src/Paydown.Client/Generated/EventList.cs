namespace Paydown.Client;

/// <summary>Some events of the organisation.</summary>
public sealed partial record EventList
{
    /// <summary>The events, oldest first.</summary>
    public required IReadOnlyList<ListedEvent> Events { get; init; }

    /// <summary>Send it as after to get the events that follow.</summary>
    public required string Next { get; init; }

    /// <summary>True if there may be more events already.</summary>
    public required bool HasMore { get; init; }
}
