using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Serves <c>/</c>: redirects browsers to the pages, and returns the main addresses to programs.</summary>
public static class RootEndpoint
{
    private static readonly Answer Root = Answer.Success(
        new StartingPoints("/docs", "/openapi/v1.json", "/health/live", "/health/ready")
    );

    /// <summary>Adds <c>/</c>. It needs no token.</summary>
    /// <param name="endpoints">The endpoints of the server.</param>
    /// <param name="browsersGoTo">Where browsers are sent.</param>
    public static IEndpointRouteBuilder MapRoot(this IEndpointRouteBuilder endpoints, string browsersGoTo)
    {
        endpoints.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], http => SendAsync(http, browsersGoTo));
        return endpoints;
    }

    private static Task SendAsync(HttpContext http, string browsersGoTo)
    {
        if (!IsBrowser(http.Request))
            return Root.SendAsync(http);
        http.Response.Redirect(browsersGoTo);
        return Task.CompletedTask;
    }

    /// <summary>
    /// True for a browser. Browsers name text/html first; programs name application/json, */* or nothing.
    /// </summary>
    public static bool IsBrowser(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private sealed record StartingPoints(string Documentation, string OpenApi, string Live, string Ready);
}
