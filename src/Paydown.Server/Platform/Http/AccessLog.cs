using System.Diagnostics;
using Paydown.Server.Platform.Telemetry;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Logs one line per request, with the category <see cref="Category"/> and the level Information. It is off by default,
/// and then costs one comparison. If it is on, the request formats the line and a background thread writes it.
/// </summary>
public sealed class AccessLog(ILoggerFactory loggers)
{
    /// <summary>The category, by which its level is set.</summary>
    public const string Category = "Paydown.Access";

    private readonly ILogger logger = loggers.CreateLogger(Category);

    /// <summary>Logs a request that was answered.</summary>
    public void Write(HttpContext http, RequestScope scope)
    {
        if (Activity.Current is not null)
            Tracing.Describe(MethodOf(http), RouteOf(http), http.Response.StatusCode);
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        scope.Route ??= $"{MethodOf(http)} {RouteOf(http) ?? "(no route)"}";
        scope.Status ??=
            http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted
                ? StatusCodes.Status499ClientClosedRequest
                : http.Response.StatusCode;
        using (logger.BeginScope(scope))
            HttpLog.Answered(logger);
    }

    private static string? RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    // Clients can send any method, so an unknown one is not logged.
    private static string MethodOf(HttpContext http) =>
        http.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS"
            ? http.Request.Method
            : "OTHER";
}
