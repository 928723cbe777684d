namespace Paydown.Server.Webhooks;

/// <summary>How an endpoint has responded lately. It decides when a worker tries again.</summary>
/// <param name="State">Its state.</param>
/// <param name="Failures">Failed attempts since the last success.</param>
/// <param name="FailingSince">When the first of them failed.</param>
/// <param name="ProbeAt">Until then nothing is sent; null to send all that is due.</param>
public sealed record EndpointHealth(
    WebhookState State,
    int Failures,
    DateTimeOffset? FailingSince,
    DateTimeOffset? ProbeAt
)
{
    /// <summary>From this number of failures in a row on, one delivery at a time is tried.</summary>
    public const int ProbedFrom = 10;

    /// <summary>After this time without a success the endpoint is disabled.</summary>
    public static readonly TimeSpan FailingMax = TimeSpan.FromDays(5);

    private static readonly TimeSpan ProbePause = TimeSpan.FromMinutes(1);

    /// <summary>The health after an attempt.</summary>
    public EndpointHealth After(DeliveryAttempt attempt)
    {
        if (attempt.Outcome == DeliveryOutcome.Accepted)
            return new EndpointHealth(State == WebhookState.New ? WebhookState.Active : State, 0, null, null);
        var (failures, since) = (Failures + 1, FailingSince ?? attempt.At);
        var isOver = attempt.Outcome == DeliveryOutcome.Gone || attempt.At - since > FailingMax;
        return new EndpointHealth(
            isOver ? WebhookState.Disabled : State,
            failures,
            since,
            failures >= ProbedFrom ? attempt.At + ProbePause : ProbeAt
        );
    }
}
