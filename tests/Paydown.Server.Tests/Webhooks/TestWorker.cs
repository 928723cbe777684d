using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Server.Webhooks;

namespace Paydown.Server.Tests.Webhooks;

/// <summary>A worker whose steps a test runs one by one, by the clock of its server.</summary>
internal sealed class TestWorker : IDisposable
{
    private readonly WebhookSender sender;
    private readonly EventFanOut fanOut;
    private readonly WebhookDeliverer deliverer;

    public TestWorker(TestServer server, TimeProvider time)
    {
        sender = new WebhookSender(new TargetGuard(new WebhookOptions { AllowsLoopback = true }), time);
        fanOut = new EventFanOut(server.Database, time, NullLogger<EventFanOut>.Instance);
        deliverer = new WebhookDeliverer(server.Database, sender, time, NullLogger<WebhookDeliverer>.Instance);
    }

    /// <summary>Fans out all events, and sends all that is due until nothing more is.</summary>
    public async Task RunAsync()
    {
        while (await fanOut.RunOnceAsync(default) is null or EventFanOut.EventsMax) { }
        do await deliverer.WhenIdleAsync();
        while (await deliverer.StartDueAsync(default) > 0);
    }

    public void Dispose()
    {
        fanOut.Dispose();
        deliverer.Dispose();
        sender.Dispose();
    }
}
