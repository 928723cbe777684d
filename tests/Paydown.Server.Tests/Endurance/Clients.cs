using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Clients that retry with the same key until a response confirms the work, as every client should. A refused
/// connection, a lost response and a 503 leave a write open. Any other response than 200 is unexpected.
/// </summary>
internal sealed class Clients : IDisposable
{
    /// <summary>No request may take longer, whatever the database does (docs/operating.md).</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient http = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(1) }
    )
    {
        // Longer than the limit, so that a response over the limit is reported.
        Timeout = AnswerMax + AnswerMax,
    };

    private readonly Lender lender;
    private readonly ClientWrites writes;
    private readonly Uri services;
    private readonly Dictionary<UserId, string> tokens;

    public Clients(Lender lender, ClientWrites writes, Uri address)
    {
        (this.lender, this.writes) = (lender, writes);
        services = new Uri(address, "api/v6/services/");
        tokens = lender
            .Borrowers.Select(borrower => borrower.Customer.Caller)
            .Append(lender.Cashier)
            .ToDictionary(caller => caller.UserId, lender.TokenOf);
    }

    public void Dispose() => http.Dispose();

    /// <summary>Runs clients until they are stopped. Unconfirmed writes then stay open.</summary>
    public Task RunAsync(int count, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => RunOneAsync(stop), CancellationToken.None)));

    /// <summary>Retries every open write until it is done, one after the other.</summary>
    public async Task FinishAsync()
    {
        foreach (var write in writes.Open)
            await Wait.UntilAsync(async () => await TryAsync(write) || !writes.Unexpected.IsEmpty, () => write.Key);
    }

    /// <summary>Sends a write once.</summary>
    /// <returns>True if it was confirmed.</returns>
    public async Task<bool> TryAsync(ClientWrite write)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var answer = await SendAsync(write);
            if (clock.Elapsed > AnswerMax)
                writes.Unexpected.Enqueue($"{write.Key} took {clock.Elapsed} until {(int)answer.StatusCode}.");
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var data = JsonDocument.Parse(body).RootElement.GetProperty("data");
                writes.Acknowledge(write, data, answer.Headers.Contains("Idempotency-Replayed"));
                return true;
            }

            if (!IsTryAgain(answer, body))
                writes.Unexpected.Enqueue($"{write.Key}: {(int)answer.StatusCode} {body}");
        }
        catch (HttpRequestException)
        {
            // The connection was refused or cut.
        }
        catch (OperationCanceledException)
        {
            writes.Unexpected.Enqueue($"{write.Key} got no response within {http.Timeout}.");
        }

        return false;
    }

    /// <summary>Sends a write and returns any response.</summary>
    public async Task<HttpResponseMessage> SendAsync(ClientWrite write)
    {
        using var request = RequestOf(write);
        return await http.SendAsync(request);
    }

    private async Task RunOneAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && writes.Unexpected.IsEmpty)
        {
            var write = writes.Next();
            while (!await TryAsync(write) && writes.Unexpected.IsEmpty)
            {
                if (stop.IsCancellationRequested)
                    return;
                await Task.Delay(RetryPause, CancellationToken.None);
            }
        }
    }

    private HttpRequestMessage RequestOf(ClientWrite write)
    {
        var caller = write.IsReport ? write.Borrower.Customer.Caller : lender.Cashier;
        var request = new HttpRequestMessage(
            write.IsReport ? HttpMethod.Post : HttpMethod.Put,
            new Uri(services, write.Path)
        );
        foreach (var (name, value) in HeadersOf(caller, write.Key))
            request.Headers.Add(name, value);
        if (write.Body is { } body)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>Returns the headers of a call, for tests that write it by hand.</summary>
    public IEnumerable<(string Name, string Value)> HeadersOf(Caller caller, string key) =>
        [
            ("X-Auth-Token", tokens[caller.UserId]),
            ("x-fapi-auth-date", "2026-01-31T09:30:00Z"),
            ("x-fapi-customer-ip-address", "192.0.2.1"),
            ("x-fapi-interaction-id", key),
            ("x-idempotency-key", key),
        ];

    // A key in use and a database that is away both mean: try again.
    private static bool IsTryAgain(HttpResponseMessage answer, string body) =>
        answer.Headers.RetryAfter is not null
        && body.Contains("\"status\":\"FAILED\"", StringComparison.Ordinal)
        && (
            (answer.StatusCode == HttpStatusCode.ServiceUnavailable && body.Contains("SERVICE_UNAVAILABLE"))
            || (answer.StatusCode == HttpStatusCode.Conflict && body.Contains("IDEMPOTENCY_IN_PROGRESS"))
        );
}
