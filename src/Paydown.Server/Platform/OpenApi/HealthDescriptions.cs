using System.Text.Json.Nodes;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Describes the two calls of a load balancer, which are no calls of the API and pass no door.</summary>
internal static class HealthDescriptions
{
    public const string Tag = "Health";

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Paths() =>
        [
            KeyValuePair.Create<string, JsonNode?>(
                "/health/live",
                Path("Live", "Whether the process answers", "live", null)
            ),
            KeyValuePair.Create<string, JsonNode?>(
                "/health/ready",
                Path(
                    "Ready",
                    "Whether to send requests here: the database answers and has this program's schema",
                    "ready",
                    Refusals.ServiceUnavailable("The database does not answer.")
                )
            ),
        ];

    private static JsonObject Path(string word, string summary, string state, Refusal? exception)
    {
        var answers = new JsonObject { ["200"] = Well(state) };
        if (exception is not null)
        {
            var refusing = AnswerDescriptions.Refusing(503, [exception]);
            refusing["headers"]!.AsObject().Remove(Http.RequiredHeaders.InteractionId);
            answers["503"] = refusing;
        }

        return new()
        {
            ["get"] = new JsonObject
            {
                ["tags"] = new JsonArray(Tag),
                ["summary"] = summary,
                ["description"] = $"{summary}. Nobody needs to be signed in.",
                ["operationId"] = $"getHealth{word}",
                ["security"] = new JsonArray(),
                ["responses"] = answers,
            },
        };
    }

    private static JsonObject Well(string state) =>
        new()
        {
            ["description"] = "It is.",
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = SharedParts.Object(
                        ("status", new() { ["type"] = "string", ["const"] = "SUCCESS" }),
                        ("data", SharedParts.Object(("state", new() { ["type"] = "string", ["const"] = state })))
                    ),
                    ["example"] = new JsonObject
                    {
                        ["status"] = "SUCCESS",
                        ["data"] = new JsonObject { ["state"] = state },
                    },
                },
            },
        };
}
