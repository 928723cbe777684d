namespace Paydown.Client;

/// <summary>One attempt to deliver an event.</summary>
public sealed partial record DeliveryAttempt
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required int TookMs { get; init; }

    /// <summary>The HTTP status of the response; null if none arrived.</summary>
    public required int? Status { get; init; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public required string? Error { get; init; }

    /// <summary>The beginning of the response's body; null if there was none.</summary>
    public required string? Response { get; init; }
}
