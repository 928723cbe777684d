namespace Paydown.Client;

/// <summary>An event with who recorded it (the zero id if it was automatic), and when.</summary>
public sealed partial record RecordedEvent
{
    /// <summary>The field sequence.</summary>
    public required int Sequence { get; init; }

    /// <summary>The field status.</summary>
    public required ApplicationStatus Status { get; init; }

    /// <summary>The field note.</summary>
    public required string Note { get; init; }

    /// <summary>The field recordedBy.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>The field recordedAt.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
