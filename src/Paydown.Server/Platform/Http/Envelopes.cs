using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The outermost step of every request. It sets the common headers, gives the envelope to answers outside the routes
/// (unknown paths, wrong methods, bugs outside <see cref="ApiPipeline"/>), and writes the access log for them.
/// </summary>
public sealed class Envelopes(CrossOrigin crossOrigin, AccessLog log, ILogger<Envelopes> logger)
{
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues NoSniff = "nosniff";

    // Answers depend on the caller. Caches do not know that X-Auth-Token identifies the caller.
    private readonly StringValues vary =
        $"{RequiredHeaders.AuthToken}, Authorization" + (crossOrigin.IsOn ? ", Origin" : "");

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers.CacheControl = NoStore;
        headers.Vary = vary;
        var isOtherOrigin = crossOrigin.Allow(http);
        // The pipeline logs the requests that reach it.
        var scope = new RequestScope(RequiredHeaders.FindInteractionId(http.Request.Headers));
        try
        {
            if (HasDotSegment(http))
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
            else
                await next(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            using (logger.BeginScope(scope))
                HttpLog.RequestFailed(logger, "A request outside the routes", exception);
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
                        "The path must not contain dot segments (. or .., also as %2e). Send the resolved path."
                    )
                ),
                var status => Answer.Failed(status, "BAD_REQUEST", "Bad Request", "The request could not be read."),
            }
        ).SendAsync(http);
    }

    // Kestrel resolves dot segments before routing, which would bypass the path rules of a proxy.
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
