using System.Text.Json.Serialization;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Webhooks;

/// <summary>A webhook endpoint of an organisation.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct WebhookId(Guid Value) : IId<WebhookId>
{
    public static WebhookId Of(Guid value) => new(value);

    /// <summary>The endpoint as the subject of an audit entry.</summary>
    public SubjectId AsSubject => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>An event that an endpoint is to receive.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct DeliveryId(Guid Value) : IId<DeliveryId>
{
    public static DeliveryId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
