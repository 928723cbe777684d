using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Paydown.Server.Webhooks;

/// <summary>A signed message, ready to be sent.</summary>
/// <param name="Url">Where to.</param>
/// <param name="EventId">The id of the event: the same in every attempt.</param>
/// <param name="Body">The body.</param>
/// <param name="Secrets">The valid secrets.</param>
public sealed record WebhookMessage(string Url, string EventId, byte[] Body, IReadOnlyList<byte[]> Secrets);

/// <summary>Sends webhooks. It follows no redirects, and its connections pass <see cref="TargetGuard"/>.</summary>
public sealed class WebhookSender : IDisposable
{
    /// <summary>The longest that one attempt may take.</summary>
    public static readonly TimeSpan AttemptMax = TimeSpan.FromSeconds(15);

    private const int ResponseBytesMax = 1024;
    private const int HeadersKilobytesMax = 16;

    private readonly HttpClient client;
    private readonly TimeProvider time;

    public WebhookSender(TargetGuard guard, TimeProvider time)
    {
        this.time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = guard.ConnectAsync,
            // A name is resolved and checked again at least this often.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = HeadersKilobytesMax,
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    // A certificate could name any address to download its issuer from.
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Paydown-Webhooks", "1"));
    }

    /// <summary>Makes one attempt. A failure is a result, not an exception.</summary>
    public async Task<DeliveryAttempt> SendAsync(WebhookMessage message, CancellationToken cancellation)
    {
        var (at, began) = (time.GetUtcNow(), Stopwatch.GetTimestamp());
        DeliveryAttempt Ended(int? status, string? error, string? response) =>
            new(at, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, status, error, response);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AttemptMax);
        try
        {
            using var request = RequestOf(message, at);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            var text = await ReadAsync(response, limit.Token);
            var error = status is >= 200 and < 300 ? null : $"The receiver responded with {status}.";
            return Ended(status, error, text) with { RetryAfter = RetryAfterOf(response, at) };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Ended(null, $"No response within {AttemptMax.TotalSeconds:0} s.", null);
        }
        catch (HttpRequestException exception)
        {
            var refused = exception.InnerException as TargetRefusedException;
            return Ended(null, refused?.Message ?? $"The request failed: {ReasonOf(exception)}.", null);
        }
        catch (IOException)
        {
            return Ended(null, "The connection broke before the response was complete.", null);
        }
    }

    public void Dispose() => client.Dispose();

    private static HttpRequestMessage RequestOf(WebhookMessage message, DateTimeOffset at)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, message.Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new ByteArrayContent(message.Body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Headers.Add("webhook-id", message.EventId);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString());
        request.Headers.Add(
            "webhook-signature",
            WebhookSignature.Sign(message.Secrets, message.EventId, at, message.Body)
        );
        return request;
    }

    // The status alone decides, so the body may break off or be of any kind.
    private static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = new byte[ResponseBytesMax];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            // PostgreSQL stores no null characters.
            return length == 0 ? null : Encoding.UTF8.GetString(buffer.AsSpan(0, length)).Replace('\0', '\uFFFD');
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            return null;
        return response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        };
    }

    private static string ReasonOf(HttpRequestException exception) =>
        exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "the host name cannot be resolved",
            HttpRequestError.ConnectionError => "no connection could be opened",
            HttpRequestError.SecureConnectionError => "the TLS handshake failed",
            HttpRequestError.ResponseEnded => "the connection was closed before the response",
            HttpRequestError.ConfigurationLimitExceeded => "the response headers are too large",
            _ => "the response is not valid HTTP",
        };
}
