using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Webhooks;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown events listen</c>: reads the list of events and sends each to a receiver, signed with a secret that it
/// prints at the start.
/// </summary>
internal sealed class ListenToEvents : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AttemptMax = WebhookSender.AttemptMax;

    private readonly HttpClient server;
    private readonly HttpClient receiver = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = AttemptMax,
    };
    private readonly byte[] secret = WebhookSignature.CreateSecret();
    private readonly TimeProvider time = TimeProvider.System;
    private readonly Ids ids = new(TimeProvider.System);
    private readonly Uri target;
    private readonly bool json;
    private readonly TextWriter output;

    private ListenToEvents(Uri server, string token, Uri target, bool json, TextWriter output)
    {
        (this.target, this.json, this.output) = (target, json, output);
        this.server = new HttpClient { BaseAddress = server, Timeout = AttemptMax };
        this.server.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Forwards events until it is stopped.</summary>
    /// <param name="server">The server.</param>
    /// <param name="token">An API token with the scope <c>events:read</c>.</param>
    /// <param name="target">The receiver.</param>
    /// <param name="fromStart">True to begin with the oldest event.</param>
    /// <param name="json">True to write a JSON document per line.</param>
    /// <param name="output">Receives a line per event.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="OperatingException">The server refuses the token.</exception>
    public static async Task<int> RunAsync(
        Uri server,
        string token,
        Uri target,
        bool fromStart,
        bool json,
        TextWriter output,
        CancellationToken stop
    )
    {
        using var listening = new ListenToEvents(server, token, target, json, output);
        var after = fromStart ? "0" : (await listening.ReadAsync("latest", stop)).Next;
        await listening.WriteStartAsync();
        while (true)
        {
            var list = await listening.ReadAsync(after, stop);
            foreach (var one in list.Events)
                await listening.ForwardAsync(one, stop);
            after = list.Next;
            if (!list.HasMore)
                await Task.Delay(Pause, stop);
        }
    }

    public void Dispose()
    {
        server.Dispose();
        receiver.Dispose();
    }

    private Task WriteStartAsync() =>
        output.WriteLineAsync(
            json
                ? JsonSerializer.Serialize(new { secret = WebhookSignature.Write(secret) }, Wire.Options)
                : $"Forwarding events to {target}. The secret of the receiver is {WebhookSignature.Write(secret)}"
        );

    // A server that restarts is waited for. One that refuses is not.
    private async Task<EventPage> ReadAsync(string after, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Get,
                    $"api/v1/services/admin/events?after={after}&size=100"
                );
                request.Headers.Add("x-fapi-auth-date", time.GetUtcNow().ToString("O"));
                request.Headers.Add("x-fapi-customer-ip-address", "127.0.0.1");
                request.Headers.Add("x-fapi-interaction-id", ids.Next().ToString());
                using var response = await server.SendAsync(request, stop);
                var body = await response.Content.ReadAsStringAsync(stop);
                if (response.IsSuccessStatusCode)
                    return JsonSerializer.Deserialize<Envelope>(body, Wire.Options)!.Data;
                if ((int)response.StatusCode is >= 400 and < 500 and not 429)
                    throw new OperatingException($"{server.BaseAddress} refuses: {MessageOf(body)}");
            }
            catch (Exception exception)
                when (exception is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                await output.WriteLineAsync($"{server.BaseAddress} is not available; trying again.");
            }

            await Task.Delay(Pause, stop);
        }
    }

    private async Task ForwardAsync(JsonElement listed, CancellationToken stop)
    {
        var (id, type) = (listed.GetProperty("id").GetString()!, listed.GetProperty("type").GetString()!);
        var body = Encoding.UTF8.GetBytes(BodyOf(listed));
        var at = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString());
        request.Headers.Add("webhook-signature", WebhookSignature.Sign([secret], id, at, body));
        var began = Stopwatch.GetTimestamp();
        var outcome = await SendAsync(request, stop);
        var tookMs = (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await output.WriteLineAsync(
            json
                ? JsonSerializer.Serialize(
                    new
                    {
                        id,
                        type,
                        outcome,
                        tookMs,
                    },
                    Wire.Options
                )
                : $"{at.LocalDateTime:HH:mm:ss} {type} {id} → {outcome} ({tookMs} ms)"
        );
    }

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            using var response = await receiver.SendAsync(request, stop);
            return ((int)response.StatusCode).ToString();
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return "no response";
        }
    }

    // What a webhook sends: the event without its id, which is in a header.
    private static string BodyOf(JsonElement listed) =>
        JsonSerializer.Serialize(
            listed
                .EnumerateObject()
                .Where(member => member.Name != "id")
                .ToDictionary(member => member.Name, member => member.Value),
            Wire.Options
        );

    private static string MessageOf(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("message").GetString() ?? body;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            return "the response is not one of Paydown.";
        }
    }

    private sealed record Envelope(EventPage Data);

    private sealed record EventPage(IReadOnlyList<JsonElement> Events, string Next, bool HasMore);
}
