using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Clients that retry with the same key until a response confirms the work, as every client should. A refused
/// connection, a lost response and a 503 leave it open; any other response than 200 is unexpected.
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
    private readonly Deeds deeds;
    private readonly Uri services;
    private readonly Dictionary<UserId, string> tokens;

    public Clients(Lender lender, Deeds deeds, Uri address)
    {
        (this.lender, this.deeds) = (lender, deeds);
        services = new Uri(address, "api/v6/services/");
        tokens = lender
            .Borrowers.Select(borrower => borrower.Customer.Caller)
            .Append(lender.Cashier)
            .ToDictionary(caller => caller.UserId, lender.TokenOf);
    }

    public void Dispose() => http.Dispose();

    /// <summary>Clients that run until they are stopped; open work then stays open.</summary>
    public Task RunAsync(int count, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => RunOneAsync(stop), CancellationToken.None)));

    /// <summary>Retries all that is open until it is done, one after the other.</summary>
    public async Task FinishAsync(TimeSpan max)
    {
        var clock = Stopwatch.StartNew();
        foreach (var deed in deeds.Open)
        {
            while (!await TryAsync(deed) && deeds.Surprises.IsEmpty)
            {
                if (clock.Elapsed > max)
                    throw new TimeoutException($"{deed.Key} is still not done after {max}.");
                await Task.Delay(RetryPause);
            }
        }
    }

    /// <summary>Tries once.</summary>
    /// <returns>True if it is done.</returns>
    public async Task<bool> TryAsync(Deed deed)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var answer = await SendAsync(deed);
            if (clock.Elapsed > AnswerMax)
                deeds.Surprises.Enqueue($"{deed.Key} took {clock.Elapsed} until {(int)answer.StatusCode}.");
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var data = JsonDocument.Parse(body).RootElement.GetProperty("data");
                deeds.Acknowledge(deed, data, answer.Headers.Contains("Idempotency-Replayed"));
                return true;
            }

            if (!IsTryAgain(answer, body))
                deeds.Surprises.Enqueue($"{deed.Key}: {(int)answer.StatusCode} {body}");
        }
        catch (HttpRequestException)
        {
            // Refused or cut off.
        }
        catch (OperationCanceledException)
        {
            deeds.Surprises.Enqueue($"{deed.Key} got no answer within {http.Timeout}.");
        }

        return false;
    }

    /// <summary>Sends it, whatever comes back.</summary>
    public async Task<HttpResponseMessage> SendAsync(Deed deed)
    {
        using var request = RequestOf(deed);
        return await http.SendAsync(request);
    }

    private async Task RunOneAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && deeds.Surprises.IsEmpty)
        {
            var deed = deeds.Next();
            while (!await TryAsync(deed) && deeds.Surprises.IsEmpty)
            {
                if (stop.IsCancellationRequested)
                    return;
                await Task.Delay(RetryPause, CancellationToken.None);
            }
        }
    }

    private HttpRequestMessage RequestOf(Deed deed)
    {
        var caller = deed.IsReport ? deed.Borrower.Customer.Caller : lender.Cashier;
        var request = new HttpRequestMessage(
            deed.IsReport ? HttpMethod.Post : HttpMethod.Put,
            new Uri(services, deed.Path)
        );
        foreach (var (name, value) in HeadersOf(caller, deed.Key))
            request.Headers.Add(name, value);
        if (deed.Body is { } body)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>The headers of a call, for those who write it by hand.</summary>
    public IEnumerable<(string Name, string Value)> HeadersOf(Caller caller, string key) =>
        [
            ("X-Auth-Token", tokens[caller.UserId]),
            ("x-fapi-auth-date", "2026-01-31T09:30:00Z"),
            ("x-fapi-customer-ip-address", "192.0.2.1"),
            ("x-fapi-interaction-id", key),
            ("x-idempotency-key", key),
        ];

    // A key that is in use says the same as a database that is away: ask again.
    private static bool IsTryAgain(HttpResponseMessage answer, string body) =>
        answer.Headers.RetryAfter is not null
        && body.Contains("\"status\":\"FAILED\"", StringComparison.Ordinal)
        && (
            (answer.StatusCode == HttpStatusCode.ServiceUnavailable && body.Contains("SERVICE_UNAVAILABLE"))
            || (answer.StatusCode == HttpStatusCode.Conflict && body.Contains("IDEMPOTENCY_IN_PROGRESS"))
        );
}
