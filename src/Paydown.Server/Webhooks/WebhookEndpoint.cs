using Paydown.Lending.Identifiers;

namespace Paydown.Server.Webhooks;

/// <summary>What an endpoint receives at present.</summary>
public enum WebhookState
{
    /// <summary>It receives events but has not accepted one yet.</summary>
    New,

    /// <summary>It receives events.</summary>
    Active,

    /// <summary>Its events are kept until it is active again.</summary>
    Paused,

    /// <summary>It receives nothing. Events of this time can be replayed.</summary>
    Disabled,
}

/// <summary>A webhook endpoint, without its secret.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>The endpoint's id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>The address that events are sent to.</summary>
    public required string Url { get; init; }

    /// <summary>What the endpoint is for; null if nobody said.</summary>
    public required string? Description { get; init; }

    /// <summary>The types of events that it receives; empty for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>
    /// <c>NEW</c> until it accepts its first event, then <c>ACTIVE</c>; <c>PAUSED</c> by a manager; <c>DISABLED</c> by
    /// a manager, by the response 410, or after days without a success.
    /// </summary>
    public required WebhookState State { get; init; }

    /// <summary>The number of failed attempts since the last success.</summary>
    public required int Failures { get; init; }

    /// <summary>When the first of these attempts failed; null if the last attempt succeeded.</summary>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when the previous secret signs as well; null if there is none.</summary>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>The manager who created it.</summary>
    public required UserId CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
