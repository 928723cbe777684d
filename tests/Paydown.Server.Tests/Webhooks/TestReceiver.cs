using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Paydown.Client;

namespace Paydown.Server.Tests.Webhooks;

/// <summary>A request that arrived at a <see cref="TestReceiver"/>.</summary>
/// <param name="Body">The body.</param>
/// <param name="Headers">The headers.</param>
internal sealed record Received(byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Id => Headers["webhook-id"];

    public WebhookEvent Verified(TimeProvider time, params string[] secrets) => Verified(time, null, secrets);

    public WebhookEvent Verified(TimeProvider time, TimeSpan? tolerance, params string[] secrets) =>
        new WebhookVerifier(secrets, tolerance, time).Verify(Body, name => Headers.GetValueOrDefault(name));
}

/// <summary>A lender's system that receives webhooks. It responds as a test says.</summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<Received> received = new();

    private TestReceiver(WebApplication application) => this.application = application;

    /// <summary>The status of the response to a request; by default always 204.</summary>
    public Func<Received, int> Respond { get; set; } = _ => 204;

    /// <summary>Headers of every response.</summary>
    public Dictionary<string, string> ResponseHeaders { get; } = [];

    public string Url => application.Urls.Single() + "/hook";

    /// <summary>What arrived, in the order of arrival.</summary>
    public IReadOnlyList<Received> All => [.. received];

    public static async Task<TestReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var built = builder.Build();
        var receiver = new TestReceiver(built);
        built.Run(receiver.ReceiveAsync);
        await built.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var one = new Received(
            body.ToArray(),
            http.Request.Headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            )
        );
        received.Enqueue(one);
        foreach (var (name, value) in ResponseHeaders)
            http.Response.Headers[name] = value;
        http.Response.StatusCode = Respond(one);
        if (http.Response.StatusCode != 204)
            await http.Response.WriteAsync("Received.");
    }
}
