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

    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    private WorkProcess(IReadOnlyList<string> arguments, string connectionString, TextWriter error) =>
        running = RunAsync(arguments, connectionString, error);

    /// <summary>Starts the worker.</summary>
    /// <param name="arguments">The arguments of <c>paydown</c>.</param>
    /// <param name="connectionString">
    /// The database. It is passed by the environment, where other users cannot see it.
    /// </param>
    /// <param name="error">Receives a line if the worker ends by itself.</param>
    public static WorkProcess Start(IReadOnlyList<string> arguments, string connectionString, TextWriter error) =>
        new(arguments, connectionString, error);

    /// <summary>Stops the worker and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<string> arguments, string connectionString, TextWriter error)
    {
        await Task.Yield();
        var pause = RestartPause;
        while (!stopping.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            using (var process = Process.Start(StartOf(arguments, connectionString))!)
                await WaitAsync(process);
            if (stopping.IsCancellationRequested)
                return;
            pause = Stopwatch.GetElapsedTime(began) > SteadyAfter ? RestartPause : Min(2 * pause, RestartPauseMax);
            await error.WriteLineAsync(
                $"paydown: The worker has ended; it is started again in {pause.TotalSeconds:0} s."
            );
            await Task.Delay(pause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private static ProcessStartInfo StartOf(IReadOnlyList<string> arguments, string connectionString)
    {
        // The program is a host with its name, or dotnet with the path of the assembly.
        var (host, assembly) = (Environment.ProcessPath ?? "dotnet", typeof(WorkProcess).Assembly.Location);
        var isDotnet = Path.GetFileNameWithoutExtension(host) == "dotnet";
        IEnumerable<string> all = isDotnet ? [assembly, .. arguments] : arguments;
        var start = new ProcessStartInfo(host, all) { UseShellExecute = false, RedirectStandardInput = true };
        // Whatever named the server's database, the worker has no other.
        foreach (var name in start.Environment.Keys.Where(IsOfDatabase).ToList())
            start.Environment.Remove(name);
        start.Environment[SharedOptions.Connection.Variable] = connectionString;
        // Only for the server's own sockets (Program.cs).
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        return start;
    }

    private static bool IsOfDatabase(string variable) =>
        variable.StartsWith(SharedOptions.Connection.Variable, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
