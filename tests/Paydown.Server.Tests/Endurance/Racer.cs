using System.Text;
using System.Text.Json;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// One caller on one server, who keeps calling until somebody has time (503, or a key that is in use).
/// </summary>
internal sealed class Racer : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient http;

    public Racer(Uri address, string token)
    {
        // Enough sockets that the requests meet in the server and not before it; the rest waits its turn.
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 200 };
        http = new HttpClient(handler) { BaseAddress = new Uri(address, "api/v6/services/") };
        http.DefaultRequestHeaders.Add("X-Auth-Token", token);
        http.DefaultRequestHeaders.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        http.DefaultRequestHeaders.Add("x-fapi-customer-ip-address", "192.0.2.1");
        http.DefaultRequestHeaders.Add("x-fapi-interaction-id", "race");
    }

    public void Dispose() => http.Dispose();

    public async Task<TestAnswer> SendAsync(HttpMethod method, string path, string key, object? body = null)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("x-idempotency-key", key);
            if (body is not null)
                request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(request);
            var answer = new TestAnswer(
                (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(),
                response.Headers.Contains("Idempotency-Replayed")
            );
            if (answer.Status != 503 && answer.Code != "IDEMPOTENCY_IN_PROGRESS")
                return answer;
            await Task.Delay(RetryPause);
        }
    }
}
