namespace Paydown.Server.Webhooks;

/// <summary>What the receiver made of a delivery.</summary>
public enum DeliveryOutcome
{
    /// <summary>A response of 2xx.</summary>
    Accepted,

    /// <summary>No response, or one that asks for a retry.</summary>
    Failed,

    /// <summary>The response 410: the endpoint wants no more events.</summary>
    Gone,
}

/// <summary>One attempt to deliver an event.</summary>
/// <param name="At">When it began.</param>
/// <param name="TookMs">How long it took, in milliseconds.</param>
/// <param name="Status">The HTTP status of the response; null if none arrived.</param>
/// <param name="Error">Why it failed; null if it succeeded.</param>
/// <param name="Response">The beginning of the response's body; null if there was none.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int TookMs, int? Status, string? Error, string? Response)
{
    internal DeliveryOutcome Outcome =>
        Status switch
        {
            >= 200 and < 300 => DeliveryOutcome.Accepted,
            410 => DeliveryOutcome.Gone,
            _ => DeliveryOutcome.Failed,
        };

    /// <summary>The pause that the receiver asked for; null if it did not.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
