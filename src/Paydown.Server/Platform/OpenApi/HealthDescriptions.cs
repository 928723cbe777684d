using System.Text.Json.Nodes;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Describes the two calls for load balancers. They are not part of the API and pass no pipeline.</summary>
internal static class HealthDescriptions
{
    public const string Tag = "Health";

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Paths() =>
        [
            KeyValuePair.Create<string, JsonNode?>(
                "/health/live",
                Path("Live", "Whether the process runs", "live", canFail: false)
            ),
            KeyValuePair.Create<string, JsonNode?>(
                "/health/ready",
                Path(
                    "Ready",
                    "Whether to send requests here: the database answers and has this program's schema",
                    "ready",
                    canFail: true
                )
            ),
        ];

    private static JsonObject Path(string word, string summary, string state, bool canFail)
    {
        var answers = new JsonObject { ["200"] = Well(state) };
        if (canFail)
            answers["503"] = new JsonObject { ["$ref"] = "#/components/responses/ServiceUnavailable" };

        return new()
        {
            ["get"] = new JsonObject
            {
                ["tags"] = new JsonArray(Tag),
                ["summary"] = summary,
                ["description"] = $"{summary}. No sign-in is needed.",
                ["operationId"] = $"getHealth{word}",
                ["security"] = new JsonArray(),
                ["responses"] = answers,
            },
        };
    }

    private static JsonObject Well(string state) =>
        new()
        {
            ["description"] = "Yes.",
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = SharedParts.Object(
                        "The envelope of every success.",
                        ("status", SharedParts.Constant("SUCCESS", "The call succeeded.")),
                        ("data", SharedParts.Object("The state.", ("state", SharedParts.Constant(state, "The state."))))
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
