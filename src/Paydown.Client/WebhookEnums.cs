using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>What a webhook endpoint receives at present.</summary>
[JsonConverter(typeof(WordConverter<WebhookState>))]
public enum WebhookState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It receives events but has not accepted one yet.</summary>
    New,

    /// <summary>It receives events.</summary>
    Active,

    /// <summary>Its events are kept until it is active again.</summary>
    Paused,

    /// <summary>It receives nothing.</summary>
    Disabled,
}

/// <summary>What became of a delivery.</summary>
[JsonConverter(typeof(WordConverter<DeliveryState>))]
public enum DeliveryState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It is due, or waits for a retry or for an earlier event of its loan.</summary>
    Pending,

    /// <summary>The endpoint accepted it.</summary>
    Delivered,

    /// <summary>Every attempt failed.</summary>
    Dead,
}

/// <summary>Which events a replay sends.</summary>
[JsonConverter(typeof(WordConverter<ReplayChoice>))]
public enum ReplayChoice
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Those whose delivery was given up.</summary>
    Dead,

    /// <summary>All, whether they were delivered or not.</summary>
    All,
}
