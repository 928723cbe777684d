using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// Describes every answer of a route: its data, and each status with which the door or the use case can say no.
/// </summary>
internal sealed class AnswerDescriptions(AnswerSchemas schemas)
{
    /// <summary>The answers that do not differ from route to route, as components.</summary>
    public static JsonObject Shared { get; } =
        new()
        {
            ["BadRequest"] = Refusing(
                400,
                [WithoutHeaders, Refusals.BadRequest("The body is not valid JSON (line 1, column 18).")]
            ),
            ["PayloadTooLarge"] = Refusing(413, [AsRefusal(Failure.PayloadTooLarge)]),
            ["ServerError"] = Refusing(500, [AsRefusal(Failure.ServerError)]),
            ["ServiceUnavailable"] = Refusing(503, [DatabaseAway]),
            ["TooManyRequests"] = Refusing(429, [Refusals.RateLimitExceeded(1)]),
            ["Unauthenticated"] = Refusing(401, [NoToken]),
            ["UnsupportedMediaType"] = Refusing(415, [AsRefusal(Failure.UnsupportedMediaType)]),
        };

    private static Refusal NoToken =>
        Refusals.AuthenticationRequired("Send the access token of the sign-in in X-Auth-Token.");

    private static Refusal DatabaseAway => Refusals.ServiceUnavailable("The database does not answer now. Try again.");

    private static Refusal WithoutHeaders =>
        Refusals.BadRequest(
            $"Header {RequiredHeaders.AuthDate} must be an ISO 8601 date-time or an HTTP-date.",
            new FieldError(RequiredHeaders.AuthDate, "must be an ISO 8601 date-time or an HTTP-date.")
        );

    /// <summary>All answers of a route, by status.</summary>
    public JsonObject Of(ApiRoute route)
    {
        var answers = new JsonObject { ["200"] = Succeeding(route) };
        var refusals = ByThePipeline(route)
            .Select(refusal => (refusal, IsShared: true))
            .Concat(route.Refusals.Select(refusal => (refusal, IsShared: false)));
        foreach (var group in refusals.GroupBy(one => Answer.StatusOf(one.refusal.Kind)))
        {
            answers[$"{group.Key}"] =
                SharedNameOf(group.Key) is { } name && group.All(one => one.IsShared)
                    ? ReferenceTo(name)
                    : Refusing(group.Key, [.. group.Select(one => one.refusal)]);
        }

        if (route.ReadFields is not null)
        {
            answers["413"] = ReferenceTo("PayloadTooLarge");
            answers["415"] = ReferenceTo("UnsupportedMediaType");
        }

        answers["500"] = ReferenceTo("ServerError");
        return new JsonObject(
            answers
                .OrderBy(answer => answer.Key, StringComparer.Ordinal)
                .Select(answer => KeyValuePair.Create(answer.Key, answer.Value?.DeepClone()))
        );
    }

    /// <summary>An answer that says no, in one of some ways.</summary>
    internal static JsonObject Refusing(int status, IReadOnlyList<Refusal> refusals)
    {
        var codes = refusals
            .Select(refusal => refusal.Code)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var titles = refusals.Select(refusal => refusal.Title).Distinct(StringComparer.Ordinal);
        return new()
        {
            ["description"] = string.Join(", or ", titles) + ".",
            ["headers"] = Headers(
                refusals.Any(refusal => refusal.RetryAfterSeconds is not null) ? "Retry-After"
                : status == 401 ? "WWW-Authenticate"
                : null
            ),
            ["content"] = Json(
                new()
                {
                    ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/schemas/Failure" }),
                    ["properties"] = new JsonObject
                    {
                        ["code"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. codes]) },
                    },
                },
                "examples",
                ExamplesOf(status, refusals)
            ),
        };
    }

    private JsonObject Succeeding(ApiRoute route)
    {
        var properties = new JsonObject
        {
            ["status"] = new JsonObject { ["type"] = "string", ["const"] = "SUCCESS" },
        };
        var required = new JsonArray("status");
        var example = new JsonObject { ["status"] = "SUCCESS" };
        if (route.AnswerType is { } type)
        {
            properties["data"] = schemas.Of(type);
            required.Add("data");
            example["data"] = JsonSerializer.SerializeToNode(route.AnswerExample, type, Wire.Options);
        }

        properties["message"] = new JsonObject { ["type"] = "string" };
        if (route.IsPaged)
        {
            properties["page"] = new JsonObject { ["$ref"] = "#/components/schemas/Page" };
            example["page"] = new JsonObject
            {
                ["page"] = 1,
                ["size"] = 10,
                ["total"] = 1,
                ["totalIsExact"] = true,
            };
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = required,
        };
        return new()
        {
            ["description"] = "Done.",
            ["headers"] = Headers(route.NeedsIdempotencyKey ? "Idempotency-Replayed" : null),
            ["content"] = Json(schema, "example", example),
        };
    }

    // In the order in which the door checks.
    private static IEnumerable<Refusal> ByThePipeline(ApiRoute route)
    {
        var isAnonymous = route.Access == Access.Anonymous;
        var ids = RoutePaths.ParametersOf(route.Path).Where(RoutePaths.IsId).ToList();
        if (!isAnonymous)
        {
            yield return NoToken;
            yield return Refusals.RateLimitExceeded(1);
        }

        yield return WithoutHeaders;
        if (!isAnonymous && route.Access != Access.AnyUser)
            yield return Refusals.Forbidden($"The role {LowestRoleWithout(route.Access)} may not do this.");
        if (((int)route.Access & (int)Role.Manager) != 0)
            yield return route.RefusalWithoutScope;
        if (ids.Count > 0 && route.Refusals.All(refusal => refusal.Kind != RefusalKind.NotFound))
            yield return Refusals.NotFound(RoutePaths.Thing(ids[^1]));
        if (route.QueryFields.Concat(route.BodyFields ?? []).FirstOrDefault(RequestSchemas.HasRule) is { } field)
            yield return Refusals.ValidationFailed(new FieldError(field.Name, "must be within its limits."));
        if (route.NeedsIdempotencyKey)
        {
            yield return Refusals.IdempotencyInProgress();
            yield return Refusals.IdempotencyKeyReused();
        }

        yield return DatabaseAway;
    }

    private static string LowestRoleWithout(Access access) =>
        Enum.GetValues<Role>().First(role => ((int)access & (int)role) == 0).ToString().ToUpperInvariant();

    private static string? SharedNameOf(int status) =>
        status switch
        {
            400 => "BadRequest",
            401 => "Unauthenticated",
            429 => "TooManyRequests",
            503 => "ServiceUnavailable",
            _ => null,
        };

    private static JsonObject ReferenceTo(string name) => new() { ["$ref"] = $"#/components/responses/{name}" };

    private static Refusal AsRefusal(Failure failure) =>
        new(RefusalKind.Malformed, failure.Code, failure.Title, failure.Message);

    private static JsonObject Headers(string? further)
    {
        var headers = new JsonObject { [RequiredHeaders.InteractionId] = HeaderReference("InteractionId") };
        if (further is not null)
            headers[further] = HeaderReference(further.Replace("-", ""));
        return headers;
    }

    private static JsonObject HeaderReference(string name) => new() { ["$ref"] = $"#/components/headers/{name}" };

    private static JsonObject Json(JsonObject schema, string exampleWord, JsonObject example) =>
        new()
        {
            ["application/json"] = new JsonObject { ["schema"] = schema, [exampleWord] = example },
        };

    // Keyed by code; where one code has several messages, the second is CODE-2.
    private static JsonObject ExamplesOf(int status, IEnumerable<Refusal> refusals)
    {
        var examples = new JsonObject();
        foreach (var refusal in refusals.Distinct())
        {
            var count = examples.Count(example => example.Key.Split('-')[0] == refusal.Code);
            var body = JsonNode.Parse(Answer.Refused(refusal).Body.Span);
            examples.Add(
                count == 0 ? refusal.Code : $"{refusal.Code}-{count + 1}",
                new JsonObject { ["summary"] = $"{status} {refusal.Title}", ["value"] = body }
            );
        }

        return examples;
    }
}
