using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Pages;

/// <summary>
/// Sends the calls of pages to this server's own pipeline, without a connection. Token, rate, fields and limits are
/// checked as for every other caller.
/// </summary>
/// <param name="pipeline">The steps of a request from the routing on.</param>
/// <param name="services">The services of the server.</param>
/// <param name="browser">The request of the page.</param>
/// <param name="address">The address of the browser; null for a Unix socket.</param>
internal sealed class OwnCalls(
    RequestDelegate pipeline,
    IServiceProvider services,
    HttpContext browser,
    IPAddress? address
) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var (answer, ends) = (new MemoryStream(), new StoredResponse());
        var http = await CreateAsync(request, answer, ends, cancellationToken);
        try
        {
            await pipeline(http);
            await http.Response.CompleteAsync();
        }
        finally
        {
            await ends.EndAsync();
        }

        answer.Position = 0;
        var response = new HttpResponseMessage((HttpStatusCode)http.Response.StatusCode)
        {
            RequestMessage = request,
            Content = new StreamContent(answer),
        };
        foreach (var (name, value) in http.Response.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value.AsEnumerable()))
                response.Content.Headers.TryAddWithoutValidation(name, value.AsEnumerable());
        }

        return response;
    }

    private async Task<HttpContext> CreateAsync(
        HttpRequestMessage request,
        MemoryStream answer,
        StoredResponse ends,
        CancellationToken cancellation
    )
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(ends);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestBodyDetectionFeature>(new Body(request.Content is not null));
        var http = new DefaultHttpContext(features)
        {
            RequestServices = services,
            RequestAborted = cancellation,
            TraceIdentifier = browser.TraceIdentifier,
        };
        (http.Request.Method, http.Request.Protocol) = (request.Method.Method, "HTTP/1.1");
        (http.Request.Scheme, http.Request.Host) = (browser.Request.Scheme, browser.Request.Host);
        http.Request.Path = PathString.FromUriComponent(request.RequestUri!);
        http.Request.QueryString = QueryString.FromUriComponent(request.RequestUri!);
        foreach (var (name, value) in request.Headers)
            http.Request.Headers.Append(name, value.ToArray());
        if (request.Content is { } content)
        {
            foreach (var (name, value) in content.Headers)
                http.Request.Headers.Append(name, value.ToArray());
            http.Request.Body = await content.ReadAsStreamAsync(cancellation);
        }

#pragma warning disable RS0030 // The address that the proxies' headers gave; the call itself has no such headers.
        http.Connection.RemoteIpAddress = address;
#pragma warning restore RS0030
        return http;
    }

    private sealed record Body(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
