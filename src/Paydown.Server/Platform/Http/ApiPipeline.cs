using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Handles every request of the API. It checks the token (401), rate (429), headers (400), role and scope (403), path
/// ids and query (400, 422) and body (415, 413, 400, 422), in this order. Then it runs the use case, and sends every
/// answer in the contract's envelope.
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
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);

    // A run that took longer did not fail on a dead connection, and both runs must fit into 12 seconds.
    private static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(2);

    private readonly int statementSecondsMax = new NpgsqlConnectionStringBuilder(
        database.ConnectionString
    ).CommandTimeout;

    private long loggedAt;
    private int unloggedCount;

    public async Task EnterAsync(HttpContext http, ApiRoute route)
    {
        var interactionId = RequiredHeaders.FindInteractionId(http.Request.Headers);
        if (interactionId is not null)
            http.Response.Headers[RequiredHeaders.InteractionId] = interactionId;
        var scope = new RequestScope(interactionId) { Route = route.Name };
        // The scope includes the handlers below, so failures are logged with it.
        using var logged = logger.BeginScope(scope);
        try
        {
            var answer = await AnswerAsync(http, route, scope);
            scope.Status = answer.Status;
            await answer.SendAsync(http);
        }
        catch (Exception exception)
            when (http.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The client has left, so there is nothing to send.
        }

        log.Write(http, scope);
    }

    private async ValueTask<Answer> AnswerAsync(HttpContext http, ApiRoute route, RequestScope scope)
    {
        try
        {
            return await DecideAsync(http, route, scope);
        }
        catch (Exception exception)
            when (!http.RequestAborted.IsCancellationRequested
                || exception is not (OperationCanceledException or IOException)
            )
        {
            return AnswerFailure(exception, route, scope);
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
        var query = FieldReader.ReadQuery(http.Request.Query, route.Contract.QueryFields);
        if (query.IsRefused)
            return Answer.Refused(query.Refusal);

        var call = new Call
        {
            Http = http,
            Route = route,
            Caller = caller,
            Proxies = proxies,
            // Routes without the x-fapi-* headers log it too, so it must be well formed.
            InteractionId = RequiredHeaders.FindInteractionId(headers) ?? "",
            IdempotencyKey = route.NeedsIdempotencyKey ? headers[RequiredHeaders.IdempotencyKey].ToString() : "",
            Query = query.Value,
        };
        if (route.Contract.PageKey is not null)
        {
            var paging = Paging.Read(call);
            if (paging.IsRefused)
                return Answer.Refused(paging.Refusal);
            call.Paging = paging.Value;
        }

        if (route.ReadFields is { } fields && await ReadBodyAsync(call, fields) is { } wrongBody)
            return wrongBody;
        if (route.Contract.FileBytesMax is { } bytesMax)
            return await HandleFileAsync(call, bytesMax);
        return await HandleAsync(call);
    }

    private async ValueTask<Answer> HandleFileAsync(Call call, int bytesMax)
    {
        if (IsForm(call.Http.Request.ContentType))
            return Failure.FileExpected.ToAnswer();
        await using var file = await UploadedFile.ReceiveAsync(call.Http, bytesMax);
        if (file is null)
            return Failure.FileTooLarge(bytesMax).ToAnswer();
        call.File = file;
        return await HandleAsync(call);
    }

    private ValueTask<Answer> HandleAsync(Call call) =>
        RetryIfStaleAsync(call, static call => call.Route.HandleAsync(call), call.Cancellation);

    // A lost connection, or one whose prepared statements a migration has invalidated, is found out by its next user.
    // Nothing was committed then, so the request runs again over a new connection.
    private async ValueTask<TResult> RetryIfStaleAsync<TFrom, TResult>(
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
        catch (Exception exception)
            when (DatabaseFailures.IsStaleConnection(exception)
                && time.GetElapsedTime(since) < RetryWithin
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
            return await RetryIfStaleAsync(token, token => apiTokens.FindAsync(token, cancellation), cancellation);
        return await tokens.AuthenticateAsync(token, cancellation) is { } caller
            ? caller
            : Refusals.AuthenticationRequired("The access token is invalid or has expired. Sign in again.");
    }

    private static Refusal? NotAllowed(Caller caller, ApiRoute route)
    {
        if (((int)route.Access & (int)caller.Role) == 0)
            return Refusals.Forbidden($"The role {caller.Role.ToString().ToUpperInvariant()} may not do this.");
        if (caller.MustSetUpSecondFactor && !route.SetsUpSecondFactor)
            return Refusals.SecondFactorMissing();
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

    // An empty body has no fields, whatever its content type: many clients send one with every request.
    private static bool IsLeftOut(HttpContext http) =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private static Result<FieldValues> Parse(ReadResult read, ApiRoute route) =>
        FieldReader.ReadJson(
            read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(),
            route.ReadFields!,
            route.RefusesUnknownFields
        );

    // Parameters such as a charset do not matter, because JSON is always UTF-8.
    private static bool IsJson(string? contentType) =>
        contentType is not null
        && contentType
            .AsSpan(0, contentType.IndexOf(';') is >= 0 and var end ? end : contentType.Length)
            .Trim()
            .Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static bool IsForm(string? contentType) =>
        contentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    private Answer AnswerFailure(Exception exception, ApiRoute route, RequestScope scope)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: 413 }:
                return Failure.PayloadTooLarge.ToAnswer();
            case BadHttpRequestException:
                return Answer.Refused(Refusals.BadRequest("The request could not be read."));
            case var _ when DatabaseFailures.IsAway(exception):
                if (DatabaseFailures.IsStaleConnection(exception))
                    database.Clear();
                LogAway(exception, route, scope.InteractionId ?? "-");
                return Answer.Refused(Refusals.ServiceUnavailable(AwayMessage(exception, route)));
            case var _ when DatabaseFailures.IsMoving(exception):
                return Answer.Refused(
                    Refusals.ServiceUnavailable(
                        "The lender is going to another database at the moment; nothing was done. Try again."
                    )
                );
            default:
                scope.Status = Failure.ServerError.Status;
                HttpLog.RequestFailed(logger, route.Name, exception);
                return Failure.ServerError.ToAnswer();
        }
    }

    // If the connection is lost during a commit, the outcome is unknown.
    private string AwayMessage(Exception exception, ApiRoute route)
    {
        var what = exception switch
        {
            WritesStuckException => "The database does not confirm writes at the moment; nothing was done.",
            CommitUnsettledException => "The database has not confirmed in time whether this was done.",
            _ when DatabaseFailures.IsLocked(exception) =>
                "Another request has locked what this one needs; nothing was done.",
            _ when DatabaseFailures.IsSlow(exception) =>
                $"The database took longer than {LimitOf(exception)} s for this request.",
            _ => "The database is not available.",
        };
        return
            route.NeedsIdempotencyKey && exception is not WritesStuckException && !DatabaseFailures.IsLocked(exception)
            ? $"{what} Try again with the same idempotency key; nothing is done twice."
            : $"{what} Try again.";
    }

    private int LimitOf(Exception exception) =>
        exception is SlowStatementException slow ? slow.Seconds : statementSecondsMax;

    // At most one line per second while the database is away.
    private void LogAway(Exception exception, ApiRoute route, string interactionId)
    {
        Interlocked.Increment(ref unloggedCount);
        var last = Volatile.Read(ref loggedAt);
        if (last != 0 && time.GetElapsedTime(last) < LogInterval)
            return;
        if (Interlocked.CompareExchange(ref loggedAt, time.GetTimestamp(), last) != last)
            return;
        var count = Interlocked.Exchange(ref unloggedCount, 0);
        var reason = DatabaseFailures.Describe(exception);
        if (DatabaseFailures.IsSlow(exception))
            HttpLog.StatementSlow(logger, LimitOf(exception), count, route.Name, interactionId);
        else if (DatabaseFailures.IsLocked(exception))
            HttpLog.RowsLocked(logger, count, route.Name, interactionId);
        else if (exception is CommitUnsettledException or WritesStuckException)
            HttpLog.CommitUnsettled(logger, count, route.Name, interactionId, reason);
        else
            HttpLog.DatabaseAway(logger, count, route.Name, reason);
    }
}
