using System.Diagnostics;

namespace Paydown.Server.Tests.Webhooks;

/// <summary>The real program, <c>paydown work</c>, as a process that a test can kill.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;

    private WorkerProcess(Process process) => this.process = process;

    public static WorkerProcess Start(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServerOptions).Assembly.Location, "work", "--demo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["PAYDOWN__DATABASE"] = connectionString;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>SIGKILL: the worker ends at once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
