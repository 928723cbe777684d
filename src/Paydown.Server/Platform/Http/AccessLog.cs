namespace Paydown.Server.Platform.Http;

/// <summary>
/// One line per request, of the category <see cref="Category"/> at level Information: off by default. Its cost is then
/// one comparison; when it is on, the line is formatted by the request and written by a thread of its own.
/// </summary>
public sealed class AccessLog(ILoggerFactory loggers)
{
    /// <summary>By which its level is set.</summary>
    public const string Category = "Paydown.Access";

    private readonly ILogger logger = loggers.CreateLogger(Category);

    /// <summary>Writes the line of a request that was answered.</summary>
    public void Write(HttpContext http, RequestScope scope)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var path = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        scope.Route ??= $"{MethodOf(http)} {path ?? "(no route)"}";
        scope.Status ??=
            http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted
                ? StatusCodes.Status499ClientClosedRequest
                : http.Response.StatusCode;
        using (logger.BeginScope(scope))
            HttpLog.Answered(logger);
    }

    // The method is the client's to choose; a made-up one says nothing.
    private static string MethodOf(HttpContext http) =>
        http.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS"
            ? http.Request.Method
            : "OTHER";
}
