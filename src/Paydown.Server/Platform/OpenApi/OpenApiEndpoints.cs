using System.Text;
using Microsoft.Net.Http.Headers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Serves the OpenAPI document.</summary>
public static class OpenApiEndpoints
{
    private const string DocumentPath = "/openapi/v1.json";

    /// <summary>Adds <c>/openapi/v1.json</c>. The document is written on the first request and then cached.</summary>
    public static IEndpointRouteBuilder MapOpenApiDocument(this IEndpointRouteBuilder endpoints, ApiRoutes routes)
    {
        var document = new Lazy<ServedDocument>(() =>
            new ServedDocument(Encoding.UTF8.GetBytes(OpenApiDocument.Write(routes)))
        );
        endpoints.MapMethods(
            DocumentPath,
            [HttpMethods.Get, HttpMethods.Head],
            http => SendAsync(http, document.Value)
        );
        return endpoints;
    }

    private static async Task SendAsync(HttpContext http, ServedDocument document)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-cache";
        // The document is the same for every caller.
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ETag = document.Tag.ToString();
        var asked = http.Request.GetTypedHeaders();
        if (asked.IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(document.Tag, false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (encoding, content) = document.For(asked.AcceptEncoding);
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }
}
