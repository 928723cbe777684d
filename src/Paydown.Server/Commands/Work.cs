using Npgsql;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Telemetry;

namespace Paydown.Server.Commands;

/// <summary><c>paydown work</c>: runs a worker until it is stopped.</summary>
internal static class Work
{
    /// <summary>Runs a worker.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="parent">
    /// Ends the worker when it ends; null to run until <paramref name="token"/> is cancelled.
    /// </param>
    /// <param name="output">Receives one line when the worker is ready.</param>
    /// <param name="token">Stops the worker.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        WorkerOptions options,
        TextReader? parent,
        TextWriter output,
        CancellationToken token
    )
    {
        await using var telemetry = options.Telemetry.IsOn
            ? await TelemetryExport.StartAsync(options.Telemetry, token)
            : null;
        using var host = WorkerHost.Build(options);
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        await new Migrator(database, options.Time).RequireCurrentAsync(token);
        await host.StartAsync(token);
        if (parent is null)
        {
            await output.WriteLineAsync("The worker is running. Stop it with Ctrl+C.");
            await host.WaitForShutdownAsync(token);
        }
        else
        {
            await WaitForEndAsync(parent, token);
            await host.StopAsync(CancellationToken.None);
        }

        return 0;
    }

    private static async Task WaitForEndAsync(TextReader parent, CancellationToken token)
    {
        try
        {
            while (await parent.ReadLineAsync(token) is not null) { }
        }
        catch (OperationCanceledException)
        {
            // A signal stops it as well.
        }
    }
}
