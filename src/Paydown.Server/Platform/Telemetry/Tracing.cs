using System.Diagnostics;

namespace Paydown.Server.Platform.Telemetry;

/// <summary>
/// Names the span of a request. The framework creates it if traces are exported; it gets method, route and status, but
/// neither the path nor the query, because they contain ids and search texts.
/// </summary>
public static class Tracing
{
    /// <summary>Describes the current span, if there is one that is exported.</summary>
    /// <param name="method">The method.</param>
    /// <param name="route">The route with the names of its ids; null if none matched.</param>
    /// <param name="status">The status of the response.</param>
    public static void Describe(string method, string? route, int status)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span)
            return;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
