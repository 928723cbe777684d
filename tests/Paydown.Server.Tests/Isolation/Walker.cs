using System.Net.Http.Headers;
using System.Text;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests.Isolation;

/// <summary>A response, and every breach of the contract in it.</summary>
internal sealed record WalkAnswer(int Status, string Body, IReadOnlyList<string> Breaches);

/// <summary>
/// Sends requests exactly as given, well formed or not, and compares every response with the document.
/// </summary>
internal sealed class Walker(TestServer server) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = server.Address };
    private int keys;

    public void Dispose() => http.Dispose();

    public Task<WalkAnswer> SendAsync(Operation operation, string? token, Func<string, string> idOf) =>
        SendAsync(
            operation.Method,
            operation.PathWith(idOf),
            token,
            Encoding.UTF8.GetBytes(operation.BodyWith(idOf)?.ToJsonString() ?? "")
        );

    public async Task<WalkAnswer> SendAsync(
        HttpMethod method,
        string path,
        string? token,
        byte[] body,
        string? contentType = "application/json",
        bool isChunked = false
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Add("X-Auth-Token", token);
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "walk-1");
        request.Headers.Add("x-idempotency-key", $"walk-{Interlocked.Increment(ref keys)}");
        // Sent in chunks, so its length is known only after reading it.
        if (isChunked)
            request.Headers.TransferEncodingChunked = true;
        if (body.Length > 0 || method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(body);
            if (contentType is not null)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var status = (int)response.StatusCode;
        var breaches = (await WireContract.BreachesAsync(method, path, status, text)).ToList();
        if (await WireContract.IsFileAsync(method, path, status))
        {
            if (response.Content.Headers.ContentDisposition?.DispositionType != "attachment")
                breaches.Add("the file is not an attachment");
        }
        else if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            breaches.Add("it is not application/json");
        }

        if (!response.Headers.TryGetValues("x-fapi-interaction-id", out var ids) || ids.Single() != "walk-1")
            breaches.Add("x-fapi-interaction-id is not echoed");
        return new WalkAnswer(status, text, breaches);
    }
}
