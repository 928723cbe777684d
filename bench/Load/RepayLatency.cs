using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Paydown.Bench;

/// <summary>
/// Reports repayments at a steady, moderate rate, and measures how long each waits for its response. Every response
/// must be right.
/// </summary>
public sealed class RepayLatency : IAsyncDisposable
{
    private const int Clients = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ServerProcess server;
    private readonly HttpClient http;
    private readonly string[] orders;
    private int next;

    private RepayLatency(ServerProcess server, string[] orders)
    {
        (this.server, this.orders) = (server, orders);
        http = new HttpClient { BaseAddress = new Uri(server.Url) };
    }

    public static async Task<RepayLatency> StartAsync(Stage stage, BenchDatabase database, IReadOnlyList<int> customers)
    {
        var signed = await Orders.OpenAsync(stage, database);
        var file = signed.OfCustomers([.. customers.Take(20_000)], 1);
        return new RepayLatency(await database.StartPaydownAsync(), await File.ReadAllLinesAsync($"{file}.0"));
    }

    /// <returns>The 99th percentile until a task ends, in milliseconds.</returns>
    public async Task<double> MeasureAsync(Task until)
    {
        var waits = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ReportAsync(until)));
        await until;
        var sorted = waits.SelectMany(one => one).Order().ToArray();
        return sorted[(sorted.Length * 99 - 1) / 100];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    private async Task<List<double>> ReportAsync(Task until)
    {
        var waits = new List<double>();
        while (!until.IsCompleted)
        {
            var number = Interlocked.Increment(ref next);
            using var request = RequestOf(orders[number % orders.Length], number);
            var clock = Stopwatch.StartNew();
            using var response = await http.SendAsync(request);
            waits.Add(clock.Elapsed.TotalMilliseconds);
            if (!response.IsSuccessStatusCode)
                throw new BenchException(
                    $"repay-loan: {response.StatusCode} {await response.Content.ReadAsStringAsync()}"
                );
            await Task.Delay(Pause);
        }

        return waits;
    }

    // A line of the orders: number, token, customer, account, bank account, reference.
    private static HttpRequestMessage RequestOf(string order, int number)
    {
        var fields = order.Split('\t');
        var body = $$"""
            {"repaymentAmount":0.01,"customerId":"{{fields[2]}}","accountId":"{{fields[3]}}","bankAccountId":"{{fields[
                4
            ]}}","repaymentReference":"{{fields[5]}}"}
            """;
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri($"/api/v1/services/user/repay-loan/{fields[2]}", UriKind.Relative)
        )
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (
            var (name, value) in ((string, string)[])
                [
                    ("x-fapi-auth-date", "2026-01-31T09:30:00Z"),
                    ("x-fapi-customer-ip-address", "127.0.0.1"),
                    ("x-fapi-interaction-id", "bench-latency"),
                    ("X-Auth-Token", fields[1]),
                    ("x-idempotency-key", $"latency-{Environment.ProcessId}-{number}"),
                ]
        )
            request.Headers.Add(name, value);
        return request;
    }
}
