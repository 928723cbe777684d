using System.Text.Json.Nodes;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// Describes every response of a route: its data, and the refusals of the pipeline and of the use case. All routes
/// share one response per failure status. The titles and codes that differ are listed at the route.
/// </summary>
internal sealed class AnswerDescriptions(AnswerSchemas schemas)
{
    // The name of the shared response per status, with an example whose code every route may return.
    private static readonly SortedDictionary<int, (string Name, Failure Example)> Failures = new()
    {
        [400] = ("BadRequest", Of(Refusals.BadRequest("The body is not valid JSON (line 1, column 18)."))),
        [401] = ("Unauthenticated", Of(NoToken)),
        [403] = ("Forbidden", Of(Refusals.Forbidden("The role CUSTOMER may not do this."))),
        [404] = ("NotFound", Of(Refusals.NotFound("loan application"))),
        [409] = ("Conflict", Of(Refusals.IdempotencyInProgress())),
        [413] = ("PayloadTooLarge", Failure.PayloadTooLarge),
        [415] = ("UnsupportedMediaType", Failure.UnsupportedMediaType),
        [422] = (
            "Invalid",
            Of(Refusals.ValidationFailed(new FieldError("tenure", "must be a whole number from 1 to 360.")))
        ),
        [429] = ("TooManyRequests", Of(Refusals.RateLimitExceeded(1))),
        [500] = ("ServerError", Failure.ServerError),
        [503] = ("ServiceUnavailable", Of(DatabaseAway)),
    };

    private static Refusal NoToken =>
        Refusals.AuthenticationRequired("Send the access token of the sign-in in X-Auth-Token.");

    private static Refusal DatabaseAway => Refusals.ServiceUnavailable("The database does not answer now. Try again.");

    /// <summary>Returns the responses that routes share, as components.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Shared() =>
        Failures.Select(failure =>
            KeyValuePair.Create(failure.Value.Name, (JsonNode?)Failing(failure.Key, failure.Value.Example))
        );

    /// <summary>Returns the error codes of a route that its shared responses do not name, in order.</summary>
    public static IEnumerable<string> CodesOf(ApiRoute route) =>
        FailuresOf(route)
            .Select(failure => failure.Code)
            .Distinct()
            .Except(Failures.Values.Select(failure => failure.Example.Code))
            .Order(StringComparer.Ordinal);

    /// <summary>Returns all responses of a route, by status.</summary>
    public JsonObject Of(ApiRoute route)
    {
        var responses = new JsonObject { ["200"] = Succeeding(route) };
        foreach (var group in FailuresOf(route).GroupBy(failure => failure.Status).OrderBy(group => group.Key))
        {
            var (name, example) = Failures[group.Key];
            var response = new JsonObject { ["$ref"] = $"#/components/responses/{name}" };
            var titles = group.Select(failure => failure.Title).Distinct(StringComparer.Ordinal).ToList();
            if (!titles.SequenceEqual([example.Title]))
                response["description"] = string.Join(", or ", titles) + ".";
            responses[$"{group.Key}"] = response;
        }

        return responses;
    }

    private JsonObject Succeeding(ApiRoute route)
    {
        if (route.Contract.IsFileReturned)
            return new()
            {
                ["description"] = "The file; Content-Type and Content-Disposition say what it is and its name.",
                ["content"] = new JsonObject { ["*/*"] = new JsonObject() },
            };
        var envelope = route.Contract.PageKey is null ? "Success" : "SuccessPage";
        var schema = new JsonObject { ["$ref"] = $"#/components/schemas/{envelope}" };
        if (route.Contract.ResponseType is { } type)
        {
            var data = schemas.Of(type);
            data["description"] =
                route.Contract.PageKey is not null ? "The records of this page."
                : data["items"] is not null ? "All records."
                : "The result.";
            schema = new()
            {
                ["allOf"] = new JsonArray(schema),
                ["required"] = new JsonArray("data"),
                ["properties"] = new JsonObject { ["data"] = data },
            };
        }

        var response = new JsonObject { ["description"] = "Done." };
        AddHeader(response, route.NeedsIdempotencyKey ? "Idempotency-Replayed" : null);
        response["content"] = Json(new() { ["schema"] = schema });
        return response;
    }

    private static JsonObject Failing(int status, Failure example)
    {
        var response = new JsonObject { ["description"] = example.Title + "." };
        AddHeader(
            response,
            status is 403 or 409 or 429 or 503 ? "Retry-After"
                : status == 401 ? "WWW-Authenticate"
                : null
        );
        response["content"] = Json(
            new()
            {
                ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Failure" },
                ["example"] = new JsonObject
                {
                    ["status"] = "FAILED",
                    ["message"] = example.Message,
                    ["error"] = example.Title,
                    ["code"] = example.Code,
                },
            }
        );
        return response;
    }

    private static IEnumerable<Failure> FailuresOf(ApiRoute route)
    {
        var failures = OfPipeline(route).Concat(route.Contract.Refusals).Select(Of).Append(Failure.ServerError);
        return route is { ReadFields: null, Contract.FileBytesMax: null }
            ? failures
            : failures.Concat([Failure.PayloadTooLarge, Failure.UnsupportedMediaType]);
    }

    // In the order of the pipeline.
    private static IEnumerable<Refusal> OfPipeline(ApiRoute route)
    {
        if (route.Access != Access.Anonymous)
        {
            yield return NoToken;
            yield return Refusals.RateLimitExceeded(1);
        }

        yield return Refusals.BadRequest("");
        if (route.Access is not (Access.Anonymous or Access.AnyUser))
            yield return Refusals.Forbidden("");
        if (((int)route.Access & (int)Role.Manager) != 0)
            yield return route.RefusalWithoutScope;
        if (route.Contract.QueryFields.Concat(route.Contract.BodyFields ?? []).Any(RequestSchemas.HasRule))
            yield return Refusals.ValidationFailed();
        if (route.NeedsIdempotencyKey)
        {
            yield return Refusals.IdempotencyInProgress();
            yield return Refusals.IdempotencyKeyReused();
        }

        yield return DatabaseAway;
    }

    private static Failure Of(Refusal refusal) =>
        new(Answer.StatusOf(refusal.Kind), refusal.Code, refusal.Title, refusal.Message);

    private static void AddHeader(JsonObject response, string? name)
    {
        if (name is not null)
            response["headers"] = new JsonObject
            {
                [name] = new JsonObject { ["$ref"] = $"#/components/headers/{name.Replace("-", "")}" },
            };
    }

    private static JsonObject Json(JsonObject media) => new() { ["application/json"] = media };
}
