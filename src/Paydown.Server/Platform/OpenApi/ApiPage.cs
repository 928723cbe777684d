namespace Paydown.Server.Platform.OpenApi;

/// <summary>Serves <c>/docs</c>: Swagger UI, which shows the API and sends calls. It needs no internet.</summary>
public static class ApiPage
{
    // The page's own files and the API, nothing from elsewhere and in no frame. Swagger UI sets style attributes and
    // draws from data: URIs.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds <c>/docs</c>. Call it before the routing.</summary>
    public static IApplicationBuilder UseApiPage(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs"), AddPage);

    private static void AddPage(IApplicationBuilder app)
    {
        app.Use(
            (http, next) =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers["Referrer-Policy"] = "no-referrer";
                // The page is the same for every caller.
                headers.CacheControl = "no-cache";
                headers.Remove("Vary");
                HandleHead(http);
                return FindOwnFile(http) is var (file, type) ? SendAsync(http, file, type) : next(http);
            }
        );
        // It serves its script and styles; the page around them is ours.
        app.UseSwaggerUI(page => (page.RoutePrefix, page.IndexStream) = ("docs", () => Open("index.html")!));
    }

    private static (string File, string Type)? FindOwnFile(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
            return null;
        return http.Request.Path.Value switch
        {
            "/docs/page.js" => ("page.js", "text/javascript;charset=utf-8"),
            "/docs/page.css" => ("page.css", "text/css;charset=utf-8"),
            _ => null,
        };
    }

    private static async Task SendAsync(HttpContext http, string file, string type)
    {
        http.Response.ContentType = type;
        await using var content = Open(file);
        http.Response.ContentLength = content.Length;
        await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static Stream Open(string file) =>
        typeof(ApiPage).Assembly.GetManifestResourceStream($"Paydown.Server.Platform.OpenApi.Page.{file}")!;

    // Swagger UI serves only GET. Before the response begins the method is HEAD again, so Kestrel sends no body.
    private static void HandleHead(HttpContext http)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
            return;
        http.Request.Method = HttpMethods.Get;
        http.Response.OnStarting(() =>
        {
            http.Request.Method = HttpMethods.Head;
            return Task.CompletedTask;
        });
    }
}
