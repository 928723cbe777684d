using System.Diagnostics;

namespace Paydown.Server.Commands;

/// <summary>
/// The worker that a server starts: a process of its own, which is started again if it ends. Its standard input is a
/// pipe from the server, so it ends with the server even if that is killed.
/// </summary>
internal sealed class WorkProcess : IAsyncDisposable
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestartPauseMax = TimeSpan.FromSeconds(30);

    // After this time in which it has run well, a failure counts as the first again.
    private static readonly TimeSpan SteadyAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(25);

    private readonly CancellationTokenSource stopping;
    private readonly Task running;

    private WorkProcess(WorkOrder order, string connectionString, TextWriter error, CancellationToken token)
    {
        stopping = CancellationTokenSource.CreateLinkedTokenSource(token);
        running = RunAsync(order, connectionString, error);
    }

    /// <summary>Starts the worker.</summary>
    /// <param name="order">The worker.</param>
    /// <param name="connectionString">
    /// The database. It is passed by the environment, where other users cannot see it.
    /// </param>
    /// <param name="error">Receives a line if the worker ends by itself.</param>
    /// <param name="token">Stops the worker.</param>
    public static WorkProcess Start(
        WorkOrder order,
        string connectionString,
        TextWriter error,
        CancellationToken token
    ) => new(order, connectionString, error, token);

    /// <summary>Stops the worker and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync(WorkOrder order, string connectionString, TextWriter error)
    {
        await Task.Yield();
        var pause = RestartPause;
        while (!stopping.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            using (var process = Process.Start(StartOf(order, connectionString))!)
                await WaitAsync(process);
            pause = Stopwatch.GetElapsedTime(began) > SteadyAfter ? RestartPause : Min(2 * pause, RestartPauseMax);
            // A terminal interrupts the worker and the server together, and the worker may end first. So the message
            // comes after the pause.
            await Task.Delay(pause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCancellationRequested)
                await error.WriteLineAsync("paydown: The worker has ended and is started again.");
        }
    }

    private async Task WaitAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(StopMax);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ProcessStartInfo StartOf(WorkOrder order, string connectionString)
    {
        // The program is a host with its name, or dotnet with the path of the assembly.
        var (host, assembly) = (Environment.ProcessPath ?? "dotnet", typeof(WorkProcess).Assembly.Location);
        var isDotnet = Path.GetFileNameWithoutExtension(host) == "dotnet";
        IEnumerable<string> all = isDotnet ? [assembly, .. order.Arguments] : order.Arguments;
        var start = new ProcessStartInfo(host, all) { UseShellExecute = false, RedirectStandardInput = true };
        // Whatever named the server's database, the worker has no other.
        Clear(start, SharedOptions.Connection);
        start.Environment[SharedOptions.Connection.Variable] = connectionString;
        if (order.Smtp is { } smtp)
        {
            Clear(start, SharedOptions.Smtp);
            start.Environment[SharedOptions.Smtp.Variable] = smtp;
        }

        // Only for the server's own sockets (Program.cs).
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        return start;
    }

    private static void Clear(ProcessStartInfo start, Setting setting)
    {
        var names = start.Environment.Keys.Where(name =>
            name.StartsWith(setting.Variable, StringComparison.OrdinalIgnoreCase)
        );
        foreach (var name in names.ToList())
            start.Environment.Remove(name);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
