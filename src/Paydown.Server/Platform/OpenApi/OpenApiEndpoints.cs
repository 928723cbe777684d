using System.Text;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Serves the document, and a page to try the API by it that needs no internet.</summary>
public static class OpenApiEndpoints
{
    private const string DocumentPath = "/openapi/v1.json";

    // The page's own files and the API, nothing from elsewhere and in no frame. Swagger UI sets style attributes and
    // draws from data: URIs.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds <c>/openapi/v1.json</c>; the document is written on the first request and kept.</summary>
    public static IEndpointRouteBuilder MapOpenApiDocument(this IEndpointRouteBuilder endpoints, ApiRoutes routes)
    {
        var document = new Lazy<byte[]>(() => Encoding.UTF8.GetBytes(OpenApiDocument.Write(routes)));
        endpoints.MapMethods(
            DocumentPath,
            [HttpMethods.Get, HttpMethods.Head],
            http =>
            {
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = document.Value.Length;
                http.Response.Headers.CacheControl = "no-cache";
                return HttpMethods.IsHead(http.Request.Method)
                    ? Task.CompletedTask
                    : http.Response.Body.WriteAsync(document.Value, http.RequestAborted).AsTask();
            }
        );
        return endpoints;
    }

    /// <summary>Adds <c>/docs</c>. Call it before the routing.</summary>
    public static IApplicationBuilder UseApiPage(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs"), AddPage);

    // Swagger UI knows only GET. Before its answer begins, the method is HEAD again, for which Kestrel sends no body.
    private static void AnswerHead(HttpContext http)
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

    private static void AddPage(IApplicationBuilder app)
    {
        app.Use(
            (http, next) =>
            {
                http.Response.Headers.ContentSecurityPolicy = PagePolicy;
                http.Response.Headers["Referrer-Policy"] = "no-referrer";
                // The page is the same for everybody.
                http.Response.Headers.CacheControl = "no-cache";
                http.Response.Headers.Remove("Vary");
                AnswerHead(http);
                return next(http);
            }
        );
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Paydown API";
            // Without it, a phone draws the page as wide as a desk and then shrinks it.
            page.HeadContent = """<meta name="viewport" content="width=device-width, initial-scale=1">""";
            page.SwaggerEndpoint(DocumentPath, "Paydown");
            page.ConfigObject.ValidatorUrl = null;
            page.ConfigObject.DefaultModelsExpandDepth = 0;
            page.ConfigObject.DisplayRequestDuration = true;
            page.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.None);
            page.EnableDeepLinking();
            page.EnableTryItOutByDefault();
        });
    }
}
