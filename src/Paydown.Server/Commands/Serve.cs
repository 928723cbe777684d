using Microsoft.AspNetCore.Connections;
using Npgsql;
using Paydown.Server.Demo;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Telemetry;

namespace Paydown.Server.Commands;

/// <summary>
/// Starts the server and runs it until it is stopped. Without a named database it starts a private one.
/// </summary>
internal static class Serve
{
    /// <summary>Runs the server until <paramref name="token"/> is cancelled or a signal arrives.</summary>
    /// <param name="options">The options; an empty connection string means the private database.</param>
    /// <param name="dataFolder">The folder of the private database.</param>
    /// <param name="isDemo">True to load the demo lender.</param>
    /// <param name="worker">The worker to start; null to start none.</param>
    /// <param name="output">Receives the progress of the start.</param>
    /// <param name="token">Stops the server.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        ServerOptions options,
        string dataFolder,
        bool isDemo,
        WorkOrder? worker,
        TextWriter output,
        CancellationToken token
    )
    {
        ListeningAddresses.Check([.. options.Urls, .. options.Telemetry.MetricsUrls]);
        var steps = new Steps(output, isTerminal: !Console.IsOutputRedirected);
        // Disposed in reverse order: the last answers are sent, the pool is closed, PostgreSQL is stopped.
        await using var local =
            options.ConnectionString.Length == 0
                ? await steps.RunAsync(
                    "PostgreSQL",
                    report =>
                        LocalPostgres.StartAsync(
                            new LocalPostgresOptions(dataFolder) { Report = report, Warn = Console.Error.WriteLine },
                            token
                        )
                )
                : null;
        if (local is not null)
            options = options with { ConnectionString = local.ConnectionString };
        await using (var owner = Database.OpenAsOwner(options.ConnectionString))
            await steps.RunAsync("Schema", _ => new Migrator(owner, TimeProvider.System).ApplyAsync(token));
        await using var telemetry = options.Telemetry.IsOn
            ? await TelemetryExport.StartAsync(options.Telemetry, token)
            : null;
        await using var application = ServerHost.Build(options);
        var source = application.Services.GetRequiredService<NpgsqlDataSource>();
        var time = application.Services.GetRequiredService<TimeProvider>();
        if (isDemo)
            await steps.RunAsync("Demo lender", _ => DemoLender.LoadOnceAsync(source, time, token));
        await steps.RunAsync("Server", _ => ListenAsync(application, token));

        await using var work = worker is null
            ? null
            : WorkProcess.Start(worker, options.ConnectionString, Console.Error, token);
        if (isDemo)
            await steps.RunAsync("Demo statement", _ => DemoStatement.LoadOnceAsync(source, time, token));
        await Welcome.WriteAsync(output, [.. application.Urls], options.HasPages, isDemo, token);
        await application.WaitForShutdownAsync(token);
        return 0;
    }

    /// <summary>Starts an application.</summary>
    /// <exception cref="OperatingException">Its address is in use.</exception>
    internal static async Task<bool> ListenAsync(WebApplication application, CancellationToken token)
    {
        try
        {
            await application.StartAsync(token);
            return true;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new OperatingException(ListeningAddresses.InUse("The address"), exception);
        }
    }
}
