namespace Paydown.Client;

/// <summary>An event of an application.</summary>
public sealed partial record RecordedEvent
{
    /// <summary>The number of the event in its application, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>The application's status after it.</summary>
    public required ApplicationStatus Status { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Note { get; init; }

    /// <summary>The user who recorded it; the zero id if it was automatic.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
