using Paydown.Server.Notices;
using Paydown.Server.Platform.Logs;
using Paydown.Server.Platform.Telemetry;
using Paydown.Server.Statements;
using Paydown.Server.Webhooks;

namespace Paydown.Server;

/// <summary>How a worker runs: <c>paydown work</c>.</summary>
public sealed record WorkerOptions
{
    public required string ConnectionString { get; init; }

    public LogOptions Log { get; init; } = new();

    /// <summary>A worker serves no <c>/metrics</c>: a server shows what waits for the workers.</summary>
    public TelemetryOptions Telemetry { get; init; } = TelemetryOptions.Off;

    public WebhookOptions Webhooks { get; init; } = new();

    public MailOptions Mail { get; init; } = new();

    public StatementFolderOptions Statements { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
