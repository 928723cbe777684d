using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The one way into the API. In this order: token (401), rate (429), headers (400), role and scope (403), ids of the
/// path and query (400, 422), body (415, 413, 400, 422); then the use case; then the answer, whatever happened, in the
/// contract's envelope.
/// </summary>
public sealed class ApiPipeline(
    AccessTokens tokens,
    ApiTokenDirectory apiTokens,
    CallerLimits limits,
    NpgsqlDataSource database,
    TrustedProxies proxies,
    AccessLog log,
    TimeProvider time,
    ILogger<ApiPipeline> logger
)
{
    private static readonly TimeSpan TellPause = TimeSpan.FromSeconds(1);

    // What took longer was not a connection that was dead from the start, and both runs must fit into 12 seconds.
    private static readonly TimeSpan OnceMoreMax = TimeSpan.FromSeconds(2);

    private readonly int statementSecondsMax = new NpgsqlConnectionStringBuilder(
        database.ConnectionString
    ).CommandTimeout;

    private long toldAt;
    private int untold;

    public async Task EnterAsync(HttpContext http, ApiRoute route)
    {
        var interactionId = RequiredHeaders.FindInteractionId(http.Request.Headers);
        if (interactionId is not null)
            http.Response.Headers[RequiredHeaders.InteractionId] = interactionId;
        var scope = new RequestScope(interactionId) { Route = route.Name };
        // Around all of it: what goes wrong is logged within the scope as well.
        using var logged = logger.BeginScope(scope);
        try
        {
            var answer = await AnswerAsync(http, route, scope);
            scope.Status = answer.Status;
            await answer.SendAsync(http);
        }
        catch (Exception e)
            when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // Nobody is there to be answered.
        }

        log.Write(http, scope);
    }

    private async ValueTask<Answer> AnswerAsync(HttpContext http, ApiRoute route, RequestScope scope)
    {
        try
        {
            return await DecideAsync(http, route, scope);
        }
        catch (Exception e)
            when (!http.RequestAborted.IsCancellationRequested || e is not (OperationCanceledException or IOException))
        {
            return Trouble(e, route, scope);
        }
    }

    private async ValueTask<Answer> DecideAsync(HttpContext http, ApiRoute route, RequestScope scope)
    {
        var headers = http.Request.Headers;
        Caller? caller = null;
        if (route.Access != Access.Anonymous)
        {
            var token = RequiredHeaders.FindToken(headers);
            if (token is null)
                return Answer.Refused(
                    Refusals.AuthenticationRequired("Send the access token of the sign-in in X-Auth-Token.")
                );
            var found = await FindCallerAsync(token, http.RequestAborted);
            if (found.IsRefused)
                return Answer.Refused(found.Refusal);
            scope.Caller = caller = found.Value;
            if (limits.Check(caller) is { } tooMany)
                return Answer.Refused(tooMany);
        }

        if (route.HasConventions && RequiredHeaders.Check(headers, route.NeedsIdempotencyKey) is { } wrongHeaders)
            return Answer.Refused(wrongHeaders);
        if (caller is not null && NotAllowed(caller, route) is { } forbidden)
            return Answer.Refused(forbidden);
        if (WrongPathId(http) is { } wrongId)
            return Answer.Refused(wrongId);
        var query = FieldReader.ReadQuery(http.Request.Query, route.QueryFields);
        if (query.IsRefused)
            return Answer.Refused(query.Refusal);

        var call = new Call
        {
            Http = http,
            Route = route,
            Caller = caller!,
            Proxies = proxies,
            // Where the conventions do not hold it is still written down, so that it must be well formed.
            InteractionId = RequiredHeaders.FindInteractionId(headers) ?? "",
            IdempotencyKey = route.NeedsIdempotencyKey ? headers[RequiredHeaders.IdempotencyKey].ToString() : "",
            Query = query.Value,
        };
        if (route.IsPaged)
        {
            var paging = Paging.Read(call);
            if (paging.IsRefused)
                return Answer.Refused(paging.Refusal);
            call.Paging = paging.Value;
        }

        if (route.ReadFields is { } fields && await ReadBodyAsync(call, fields) is { } wrongBody)
            return wrongBody;
        return await OnceMoreAsync(call, static call => call.Route.Handle(call), call.Cancellation);
    }

    // A pool does not notice that its connections were lost, or that a migration changed what they have prepared; their
    // next user does. Nothing was committed then, so it goes on over a new connection.
    private async ValueTask<TResult> OnceMoreAsync<TFrom, TResult>(
        TFrom from,
        Func<TFrom, ValueTask<TResult>> run,
        CancellationToken cancellation
    )
    {
        var since = time.GetTimestamp();
        try
        {
            return await run(from);
        }
        catch (Exception e)
            when (DatabaseFailures.IsStaleConnection(e)
                && time.GetElapsedTime(since) < OnceMoreMax
                && !cancellation.IsCancellationRequested
            )
        {
            database.Clear();
            return await run(from);
        }
    }

    private async ValueTask<Result<Caller>> FindCallerAsync(string token, CancellationToken cancellation)
    {
        if (ApiTokenSecret.IsMeant(token))
            return await OnceMoreAsync(token, token => apiTokens.FindAsync(token, cancellation), cancellation);
        return await tokens.AuthenticateAsync(token, cancellation) is { } caller
            ? caller
            : Refusals.AuthenticationRequired("The access token is not valid or no longer; sign in again.");
    }

    private static Refusal? NotAllowed(Caller caller, ApiRoute route)
    {
        if (((int)route.Access & (int)caller.Role) == 0)
            return Refusals.Forbidden($"The role {caller.Role.ToString().ToUpperInvariant()} may not do this.");
        return caller.Scopes is { } scopes && (scopes & route.Scope) == Scopes.None ? route.RefusalWithoutScope : null;
    }

    private static Refusal? WrongPathId(HttpContext http)
    {
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (
                name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
                && !FieldReader.TryReadId(value as string, out _)
            )
                return Refusals.BadRequest(
                    $"{name} in the path must be a UUID.",
                    new FieldError(name, "must be a UUID.")
                );
        }

        return null;
    }

    private static async ValueTask<Answer?> ReadBodyAsync(Call call, IReadOnlyList<Field> fields)
    {
        var request = call.Http.Request;
        if (IsLeftOut(call.Http))
        {
            var nothing = FieldReader.ReadJson("{}"u8, fields);
            if (nothing.IsRefused)
                return Answer.Refused(nothing.Refusal);
            call.Body = nothing.Value;
            return null;
        }

        if (!IsJson(request.ContentType))
            return Failure.UnsupportedMediaType.ToAnswer();
        if (request.ContentLength > Failure.BodyBytesMax)
            return Failure.PayloadTooLarge.ToAnswer();

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(call.Cancellation);
            if (read.Buffer.Length > Failure.BodyBytesMax)
            {
                reader.AdvanceTo(read.Buffer.End);
                return Failure.PayloadTooLarge.ToAnswer();
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var body = Parse(read, call.Route);
            reader.AdvanceTo(read.Buffer.End);
            if (body.IsRefused)
                return Answer.Refused(body.Refusal);
            call.Body = body.Value;
            return null;
        }
    }

    // No body has no fields, whatever type it is said to be of: many clients name the type of every request.
    private static bool IsLeftOut(HttpContext http) =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private static Result<FieldValues> Parse(ReadResult read, ApiRoute route) =>
        FieldReader.ReadJson(
            read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(),
            route.ReadFields!,
            route.RefusesUnknownFields
        );

    // Parameters, such as a charset, say nothing about JSON, which is always UTF-8.
    private static bool IsJson(string? contentType) =>
        contentType is not null
        && contentType
            .AsSpan(0, contentType.IndexOf(';') is >= 0 and var end ? end : contentType.Length)
            .Trim()
            .Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private Answer Trouble(Exception e, ApiRoute route, RequestScope scope)
    {
        switch (e)
        {
            case BadHttpRequestException { StatusCode: 413 }:
                return Failure.PayloadTooLarge.ToAnswer();
            case BadHttpRequestException:
                return Answer.Refused(Refusals.BadRequest("The request could not be read."));
            case var _ when DatabaseFailures.IsAway(e):
                if (DatabaseFailures.IsStaleConnection(e))
                    database.Clear();
                TellAway(e, route, scope.InteractionId ?? "-");
                return Answer.Refused(Refusals.ServiceUnavailable(AwayMessage(e, route)));
            default:
                scope.Status = Failure.ServerError.Status;
                HttpLog.RequestFailed(logger, route.Name, e);
                return Failure.ServerError.ToAnswer();
        }
    }

    // A connection may be lost between a commit and its answer: then nobody here knows whether it was done.
    private string AwayMessage(Exception e, ApiRoute route)
    {
        var what = e switch
        {
            WritesStuckException => "The database does not confirm what is written; nothing was done.",
            CommitUnsettledException => "The database has not confirmed in time that this was done.",
            _ when DatabaseFailures.IsHeld(e) => "Another request holds what this one needs; nothing was done.",
            _ when DatabaseFailures.IsSlow(e) => $"The database took longer than {LimitOf(e)} s for this request.",
            _ => "The database does not answer now.",
        };
        return route.NeedsIdempotencyKey && e is not WritesStuckException && !DatabaseFailures.IsHeld(e)
            ? $"{what} Try again with the same idempotency key: what was done is not done twice."
            : $"{what} Try again.";
    }

    private int LimitOf(Exception e) => e is SlowStatementException slow ? slow.Seconds : statementSecondsMax;

    // One line a second says enough of a database that is away.
    private void TellAway(Exception e, ApiRoute route, string interactionId)
    {
        Interlocked.Increment(ref untold);
        var last = Volatile.Read(ref toldAt);
        if (last != 0 && time.GetElapsedTime(last) < TellPause)
            return;
        if (Interlocked.CompareExchange(ref toldAt, time.GetTimestamp(), last) != last)
            return;
        var count = Interlocked.Exchange(ref untold, 0);
        var reason = DatabaseFailures.Describe(e);
        if (DatabaseFailures.IsSlow(e))
            HttpLog.StatementSlow(logger, LimitOf(e), count, route.Name, interactionId);
        else if (DatabaseFailures.IsHeld(e))
            HttpLog.RowsHeld(logger, count, route.Name, interactionId);
        else if (e is CommitUnsettledException or WritesStuckException)
            HttpLog.CommitUnsettled(logger, count, route.Name, interactionId, reason);
        else
            HttpLog.DatabaseAway(logger, count, route.Name, reason);
    }
}
