using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Writes the <c>webhooks</c> of the document: what the server sends to the endpoints of lenders.</summary>
internal static class WebhookDescriptions
{
    /// <summary>Returns the section, and adds the schemas of the payloads.</summary>
    public static JsonObject Of(IEnumerable<EventDescription> events, AnswerSchemas schemas) =>
        new(
            events
                .OrderBy(described => described.Type, StringComparer.Ordinal)
                .Select(described =>
                    KeyValuePair.Create(described.Type, (JsonNode?)new JsonObject { ["post"] = Of(described, schemas) })
                )
        );

    /// <summary>The parts that all events share.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> SharedSchemas() =>
        [
            KeyValuePair.Create(
                "WebhookEnvelope",
                (JsonNode?)
                    new JsonObject
                    {
                        ["description"] =
                            "An event. The headers webhook-id, webhook-timestamp and webhook-signature are those of "
                            + "Standard Webhooks 1.0.0. Respond with 2xx within 15 s. An event may arrive more than once.",
                        ["type"] = "object",
                        ["properties"] = new JsonObject
                        {
                            ["type"] = new JsonObject
                            {
                                ["type"] = "string",
                                ["description"] = "The type of the event.",
                            },
                            ["timestamp"] = new JsonObject
                            {
                                ["type"] = "string",
                                ["format"] = "date-time",
                                ["description"] = "When it was recorded.",
                            },
                            ["sequence"] = new JsonObject
                            {
                                ["$ref"] = "#/components/schemas/EventSequence",
                                ["description"] = "The place among the events of a loan.",
                            },
                        },
                        ["required"] = new JsonArray("type", "timestamp", "sequence"),
                    }
            ),
        ];

    private static JsonObject Of(EventDescription described, AnswerSchemas schemas) =>
        new()
        {
            ["summary"] = described.Happened,
            ["security"] = new JsonArray(),
            ["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject
                    {
                        ["schema"] = new JsonObject
                        {
                            ["allOf"] = new JsonArray(
                                new JsonObject { ["$ref"] = "#/components/schemas/WebhookEnvelope" },
                                new JsonObject
                                {
                                    ["type"] = "object",
                                    ["properties"] = new JsonObject
                                    {
                                        ["type"] = new JsonObject
                                        {
                                            ["const"] = described.Type,
                                            ["description"] = "The type of the event.",
                                        },
                                        ["data"] = DataOf(described, schemas),
                                    },
                                    ["required"] = new JsonArray("data"),
                                }
                            ),
                        },
                    },
                },
            },
            ["responses"] = new JsonObject
            {
                ["2XX"] = new JsonObject { ["description"] = "The event was received; it is not sent again." },
                ["410"] = new JsonObject { ["description"] = "No more events are wanted: the endpoint is disabled." },
                ["default"] = new JsonObject { ["description"] = "The event is sent again later." },
            },
        };

    private static JsonObject DataOf(EventDescription described, AnswerSchemas schemas)
    {
        var schema = schemas.Of(described.Payload);
        schema["description"] = "The payload.";
        return schema;
    }
}
