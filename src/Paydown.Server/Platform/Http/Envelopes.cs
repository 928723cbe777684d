using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The outermost step of every request: sets the headers that every answer has, gives the envelope to what never
/// reaches a route (unknown paths, wrong methods, bugs outside the door), and writes its line of the access log.
/// </summary>
public sealed class Envelopes(CrossOrigin crossOrigin, AccessLog log, ILogger<Envelopes> logger)
{
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues NoSniff = "nosniff";

    // An answer depends on who asks. Caches may otherwise take the token, which has a header of its own, for nothing.
    private readonly StringValues vary =
        $"{RequiredHeaders.AuthToken}, Authorization" + (crossOrigin.IsOn ? ", Origin" : "");

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers.CacheControl = NoStore;
        headers.Vary = vary;
        var isOtherOrigin = crossOrigin.Allow(http);
        // The door writes the line of what reaches it.
        var scope = new RequestScope(RequiredHeaders.FindInteractionId(http.Request.Headers));
        try
        {
            if (HasDotSegment(http))
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
            else
                await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            using (logger.BeginScope(scope))
                HttpLog.RequestFailed(logger, "A request outside the routes", e);
            await Failure.ServerError.ToAnswer().SendAsync(http);
        }

        if (!http.Response.HasStarted && http.Response.ContentType is null && http.Response.StatusCode >= 400)
            await AnswerAsync(http, scope, isOtherOrigin);
        if (http.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>() is null)
            log.Write(http, scope);
    }

    private static Task AnswerAsync(HttpContext http, RequestScope scope, bool isOtherOrigin)
    {
        var headers = http.Response.Headers;
        if (scope.InteractionId is { } id)
            headers[RequiredHeaders.InteractionId] = id;
        if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            headers.Allow = StringValues.IsNullOrEmpty(headers.Allow) ? "OPTIONS" : $"{headers.Allow}, OPTIONS";
            if (HttpMethods.IsOptions(http.Request.Method))
            {
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                if (isOtherOrigin)
                    CrossOrigin.AnswerPreflight(http);
                return Task.CompletedTask;
            }
        }

        return (
            http.Response.StatusCode switch
            {
                404 => Failure.UnknownPath.ToAnswer(),
                405 => Failure.MethodNotAllowed(http.Request.Method).ToAnswer(),
                400 when HasDotSegment(http) => Answer.Refused(
                    Refusals.BadRequest(
                        "The path must not have segments of dots (. or .., also written %2e): send it resolved."
                    )
                ),
                var status => Answer.Failed(status, "BAD_REQUEST", "Bad Request", "The request could not be read."),
            }
        ).SendAsync(http);
    }

    // Kestrel resolves them before it routes, which would lead around the rules that a proxy has for paths.
    private static bool HasDotSegment(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget.AsSpan();
        if (target.IndexOf('?') is >= 0 and var query)
            target = target[..query];
        if (
            !target.Contains("/.", StringComparison.Ordinal)
            && !target.Contains("/%2e", StringComparison.OrdinalIgnoreCase)
        )
            return false;
        foreach (var range in target.Split('/'))
        {
            if (target[range].ToString().Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
                return true;
        }

        return false;
    }
}
