using Paydown.Server.Platform.Logs;
using Paydown.Server.Webhooks;

namespace Paydown.Server;

/// <summary>How a worker runs: <c>paydown work</c>.</summary>
public sealed record WorkerOptions
{
    public required string ConnectionString { get; init; }

    public LogOptions Log { get; init; } = new();

    public WebhookOptions Webhooks { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
