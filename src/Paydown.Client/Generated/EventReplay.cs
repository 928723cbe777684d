namespace Paydown.Client;

/// <summary>The events to send once more.</summary>
public sealed partial record EventReplay
{
    /// <summary>
    /// The beginning of the period: events recorded at this instant or later. A date or a date-time; without an offset,
    /// the organisation's local time.
    /// </summary>
    public required DateOnly From { get; init; }

    /// <summary>
    /// The end of the period: events recorded before this instant. Null: now. A date or a date-time; without an offset,
    /// the organisation's local time.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>DEAD for deliveries that were given up; ALL for every event.</summary>
    public ReplayChoice? Events { get; init; }
}
