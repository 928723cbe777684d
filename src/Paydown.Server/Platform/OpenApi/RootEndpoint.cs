using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Serves <c>/</c>: redirects browsers to <c>/docs</c>, and returns the main addresses to programs.</summary>
public static class RootEndpoint
{
    private static readonly Answer Root = Answer.Success(
        new StartingPoints("/docs", "/openapi/v1.json", "/health/live", "/health/ready")
    );

    /// <summary>Adds <c>/</c>. It needs no token.</summary>
    public static IEndpointRouteBuilder MapRoot(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], SendAsync);
        return endpoints;
    }

    private static Task SendAsync(HttpContext http)
    {
        if (!IsBrowser(http.Request))
            return Root.SendAsync(http);
        http.Response.Redirect("/docs");
        return Task.CompletedTask;
    }

    // Browsers name text/html first; programs name application/json, */* or nothing.
    private static bool IsBrowser(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private sealed record StartingPoints(string Documentation, string OpenApi, string Live, string Ready);
}
