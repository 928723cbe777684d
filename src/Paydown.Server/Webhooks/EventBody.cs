using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Server.Events;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Webhooks;

/// <summary>What a webhook sends: type, instant, place in the order of events, and the payload.</summary>
public static class EventBody
{
    /// <summary>The type of the event that tests an endpoint.</summary>
    public const string TestType = "webhook.test";

    /// <summary>The id of an event, or of a test if it has no number.</summary>
    public static string IdOf(long? sequence, SubjectId subjectId) =>
        sequence is { } number ? PublishedEvent.IdOf(number, subjectId) : $"evt_test_{subjectId.Value:N}";

    /// <summary>Writes the body of an event. It is the same in every attempt.</summary>
    public static byte[] Write(PublishedEvent published) =>
        Write(published.Type.Name, published.At, published.AccountId, published.Sequence, published.Payload);

    /// <summary>Writes the body of a test, which a manager queued at an instant.</summary>
    public static byte[] OfTest(WebhookId endpointId, DateTimeOffset at) =>
        Write(TestType, at, null, null, JsonSerializer.Serialize(new WebhookTestPayload(endpointId), Wire.Options));

    private static byte[] Write(string type, DateTimeOffset at, LoanId? accountId, long? number, string payload)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = Wire.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteString("timestamp"u8, at.UtcDateTime);
            writer.WriteStartObject("sequence"u8);
            if (accountId is { } loan)
                writer.WriteString("accountId"u8, loan.Value);
            if (number is { } one)
                writer.WriteNumber("number"u8, one);
            writer.WriteEndObject();
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(payload);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
