using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>The parts of the document that all operations share: headers, the ways to sign in, the envelope.</summary>
internal static class SharedParts
{
    private const string VisibleAscii = "^[!-~]+$";

    /// <summary>The headers of requests, and the query parameters of lists with pages.</summary>
    public static JsonObject Parameters()
    {
        var parameters = RequestHeaders();
        foreach (var field in Paging.Fields)
            parameters[NameOf(field)] = RequestSchemas.OfQuery(field);
        return parameters;
    }

    /// <summary>The name of the component for a parameter of lists with pages.</summary>
    public static string NameOf(Field field) => "List" + char.ToUpperInvariant(field.Name[0]) + field.Name[1..];

    private static JsonObject RequestHeaders() =>
        new()
        {
            ["AuthDate"] = Header(
                RequiredHeaders.AuthDate,
                "When the request was started: an ISO 8601 date-time, or an HTTP-date (RFC 9110).",
                new()
                {
                    ["type"] = "string",
                    ["minLength"] = 16,
                    ["maxLength"] = 64,
                },
                "2026-11-21T09:30:00Z"
            ),
            ["CustomerIpAddress"] = Header(
                RequiredHeaders.CustomerIpAddress,
                "The address of the customer's device.",
                new()
                {
                    ["type"] = "string",
                    ["anyOf"] = new JsonArray(
                        new JsonObject { ["format"] = "ipv4" },
                        new JsonObject { ["format"] = "ipv6" }
                    ),
                },
                "192.0.2.7"
            ),
            ["IdempotencyKey"] = Header(
                RequiredHeaders.IdempotencyKey,
                "A new one for each new request, the same one for each repetition of it: the stored answer is repeated.",
                Ascii(255),
                "repay-2026-11-21-0001"
            ),
            ["InteractionId"] = Header(
                RequiredHeaders.InteractionId,
                "Names this request; echoed on the answer and written on every log line.",
                Ascii(128),
                "interaction-12345"
            ),
        };

    public static JsonObject Headers() =>
        new()
        {
            ["IdempotencyReplayed"] = new JsonObject
            {
                ["description"] =
                    "There, and true, where the answer is the stored one of an earlier request with the same key.",
                ["schema"] = new JsonObject { ["type"] = "string", ["const"] = "true" },
                ["example"] = "true",
            },
            ["InteractionId"] = new JsonObject
            {
                ["description"] = "The x-fapi-interaction-id of the request, if it had a well-formed one.",
                ["schema"] = Ascii(128),
                ["example"] = "interaction-12345",
            },
            ["RetryAfter"] = new JsonObject
            {
                ["description"] = "Seconds to wait before another try.",
                ["schema"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
                ["example"] = 1,
            },
            ["WWWAuthenticate"] = new JsonObject
            {
                ["description"] = "That an access token is wanted.",
                ["schema"] = new JsonObject { ["type"] = "string", ["const"] = "Bearer" },
                ["example"] = "Bearer",
            },
        };

    public static JsonObject SecuritySchemes() =>
        new()
        {
            ["accessToken"] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "header",
                ["name"] = RequiredHeaders.AuthToken,
                ["description"] =
                    "The access_token that the sign-in answers, or an API token: "
                    + "a server's own, which may call what names a scope that it has.",
            },
            ["bearer"] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["bearerFormat"] = "JWT",
                ["description"] = "The same token, for clients that know only this header.",
            },
        };

    /// <summary>The envelopes of success and failure, and the page of a list.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Schemas() =>
        new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["Failure"] = Object(
                "The envelope of every failure.",
                ("status", Constant("FAILED", "The call failed.")),
                ("message", Text("What is wrong and what would be right, for people.")),
                ("error", Text("The title of the error.")),
                ("code", Text("The error, for programs; it never changes. docs/errors.md lists all codes.")),
                (
                    "errors?",
                    new()
                    {
                        ["type"] = "array",
                        ["description"] = "Every invalid field of the request; absent if no field is to blame.",
                        ["items"] = Object(
                            "An invalid field.",
                            ("field", Text("The path of the field.")),
                            ("message", Text("What would be right."))
                        ),
                    }
                )
            ),
            ["Page"] = Object(
                "Where a list stands.",
                ("page", Count("The number of this page, from 1.", 1)),
                ("size", Count("The number of records on a full page.", 1)),
                ("total", Count($"The number of records, counted for the first page, up to {Paging.TotalMax}.", 0)),
                (
                    "totalIsExact",
                    new() { ["type"] = "boolean", ["description"] = "False if there are more records than total." }
                ),
                (
                    "next?",
                    Text(
                        "Where the next page begins; absent on the last page. Send it as after, with the same filters. The "
                            + "pages together have each record once, even if records are added in between."
                    )
                )
            ),
            ["Success"] = Object("The envelope of every success.", Status, Message),
            ["SuccessPage"] = Object(
                "The envelope of a list with pages.",
                Status,
                Message,
                (
                    "page?",
                    new()
                    {
                        ["$ref"] = "#/components/schemas/Page",
                        ["description"] = "Where the list stands; absent if the whole list was asked for.",
                    }
                )
            ),
        };

    private static (string, JsonObject) Status => ("status", Constant("SUCCESS", "The call succeeded."));

    private static (string, JsonObject) Message => ("message?", Text("What was done, for people; absent on reads."));

    /// <summary>An object. All members are required except those marked with a question mark.</summary>
    internal static JsonObject Object(string description, params (string Name, JsonObject Schema)[] members)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, schema) in members)
        {
            properties.Add(name.TrimEnd('?'), schema);
            if (!name.EndsWith('?'))
                required.Add(name);
        }

        return new()
        {
            ["type"] = "object",
            ["description"] = description,
            ["properties"] = properties,
            ["required"] = required,
        };
    }

    /// <summary>A text that is always the same.</summary>
    internal static JsonObject Constant(string value, string description) =>
        new()
        {
            ["type"] = "string",
            ["const"] = value,
            ["description"] = description,
        };

    private static JsonObject Header(string name, string description, JsonObject schema, string example) =>
        new()
        {
            ["name"] = name,
            ["in"] = "header",
            ["description"] = description,
            ["required"] = true,
            ["schema"] = schema,
            ["example"] = example,
        };

    private static JsonObject Ascii(int lengthMax) =>
        new()
        {
            ["type"] = "string",
            ["minLength"] = 1,
            ["maxLength"] = lengthMax,
            ["pattern"] = VisibleAscii,
        };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Count(string description, int min) =>
        new()
        {
            ["type"] = "integer",
            ["minimum"] = min,
            ["description"] = description,
        };
}
