using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Paydown.Server.Tests.Client;

/// <summary>
/// The line between a client and a real server. It records requests, and a test can break it.
/// </summary>
internal sealed class Line : DelegatingHandler
{
    private int sent;

    public Line()
        : base(new SocketsHttpHandler()) { }

    /// <summary>The idempotency keys of all requests, in order; empty for a request without one.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>The paths of all requests, in order.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    /// <summary>The interaction ids of all requests, in order.</summary>
    public ConcurrentQueue<string> Interactions { get; } = new();

    /// <summary>Handles the nth request (from 1) instead of the server; null sends it on.</summary>
    public Func<int, Func<Task<HttpResponseMessage>>, CancellationToken, Task<HttpResponseMessage>>? Break { get; set; }

    /// <summary>A made-up response.</summary>
    public static HttpResponseMessage Canned(int status, string body, int? retryAfterSeconds = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (retryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        return response;
    }

    /// <summary>The refusal of a busy server.</summary>
    public static HttpResponseMessage Busy(int retryAfterSeconds) =>
        Canned(
            503,
            """{"status":"FAILED","message":"Busy.","error":"Service Unavailable","code":"SERVICE_UNAVAILABLE"}""",
            retryAfterSeconds
        );

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Keys.Enqueue(request.Headers.TryGetValues("x-idempotency-key", out var keys) ? keys.Single() : "");
        Interactions.Enqueue(request.Headers.GetValues("x-fapi-interaction-id").Single());
        Paths.Enqueue(request.RequestUri!.AbsolutePath);
        var number = Interlocked.Increment(ref sent);
        return Break is { } broken
            ? broken(number, () => base.SendAsync(request, cancellationToken), cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }
}
