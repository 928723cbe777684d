using Microsoft.AspNetCore.Connections;
using Npgsql;
using Paydown.Server.Demo;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Starts the server and keeps it until it is told to stop. Without a named database it runs a private one.
/// </summary>
internal static class Serve
{
    /// <summary>Serves until <paramref name="token"/> or a signal ends it.</summary>
    /// <param name="options">Without a connection string: over the private database.</param>
    /// <param name="dataFolder">Where the private database is.</param>
    /// <param name="isDemo">Whether to load the demo lender.</param>
    /// <param name="output">Where the start is told.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        ServerOptions options,
        string dataFolder,
        bool isDemo,
        TextWriter output,
        CancellationToken token
    )
    {
        ListeningAddresses.Check(options.Urls);
        var steps = new Steps(output, isTerminal: !Console.IsOutputRedirected);
        // Disposed in the opposite order: the last answers go out, then the pool closes, then PostgreSQL stops.
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
        await using var application = ServerHost.Build(
            local is null
                ? options
                : options with
                {
                    ConnectionString = local.ConnectionString,
                    DataDirectory = Path.GetFullPath(dataFolder),
                }
        );
        var source = application.Services.GetRequiredService<NpgsqlDataSource>();
        var time = application.Services.GetRequiredService<TimeProvider>();
        await steps.RunAsync("Schema", _ => new Migrator(source, time).ApplyAsync(token));
        if (isDemo)
            await steps.RunAsync("Demo lender", _ => DemoLender.LoadOnceAsync(source, time, token));
        await steps.RunAsync("Server", _ => ListenAsync(application, token));

        await Welcome.WriteAsync(output, [.. application.Urls], isDemo, token);
        await application.WaitForShutdownAsync(token);
        return 0;
    }

    private static async Task<bool> ListenAsync(WebApplication application, CancellationToken token)
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
