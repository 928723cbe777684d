using System.Text;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Serves the OpenAPI document.</summary>
public static class OpenApiEndpoints
{
    private const string DocumentPath = "/openapi/v1.json";

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
}
