using Paydown.Server.Databases;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Telemetry;

namespace Paydown.Server.Commands;

/// <summary>Starts one server for several databases, with a worker for each, and runs it until it is stopped.</summary>
internal static class ServeSeveral
{
    /// <summary>Runs the server until <paramref name="token"/> is cancelled or a signal arrives.</summary>
    /// <param name="options">The options; the connection strings are those of the databases.</param>
    /// <param name="databases">The databases.</param>
    /// <param name="worker">The worker to start for each database; null to start none.</param>
    /// <param name="isDemo">True if the demo lender was asked for, which belongs to one database.</param>
    /// <param name="output">Receives the progress of the start.</param>
    /// <param name="token">Stops the server.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        ServerOptions options,
        IReadOnlyList<NamedDatabase> databases,
        WorkOrder? worker,
        bool isDemo,
        TextWriter output,
        CancellationToken token
    )
    {
        if (isDemo)
            throw new OperatingException("--demo serves one database; leave out --databases.");
        ListeningAddresses.Check([.. options.Urls, .. options.Telemetry.MetricsUrls]);
        var steps = new Steps(output, isTerminal: !Console.IsOutputRedirected);
        await using var telemetry = options.Telemetry.IsOn
            ? await TelemetryExport.StartAsync(options.Telemetry, token)
            : null;
        await using var front = Front.Build(options, databases);
        await steps.RunAsync("Server", _ => Serve.ListenAsync(front, token));

        var workers = new List<WorkProcess>();
        try
        {
            if (worker is not null)
            {
                foreach (var database in databases)
                    workers.Add(
                        WorkProcess.Start(worker.For(database.Name), database.ConnectionString, Console.Error, token)
                    );
            }

            await Welcome.WriteAsync(output, [.. front.Urls], options.HasPages, isDemo: false, token);
            await front.WaitForShutdownAsync(token);
            return 0;
        }
        finally
        {
            await Task.WhenAll(workers.Select(one => one.DisposeAsync().AsTask()));
        }
    }
}
