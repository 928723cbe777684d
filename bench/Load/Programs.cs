using System.Diagnostics;

namespace Paydown.Bench;

/// <summary>The benchmark cannot run, or a response was wrong, so its figures would mean nothing.</summary>
public sealed class BenchException(string message) : Exception(message);

/// <summary>Runs other programs and waits for them to exit.</summary>
public static class Programs
{
    /// <summary>Returns the program's output; throws if it fails.</summary>
    public static async Task<string> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new BenchException($"{program} ended with {process.ExitCode}: {await output}{await errors}");
        return await output;
    }

    /// <summary>Runs a program and returns its peak memory use, in MB; throws if it fails.</summary>
    public static async Task<double> PeakMegabytesAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(50));
        }

        if (process.ExitCode != 0)
            throw new BenchException($"{program} ended with {process.ExitCode}: {await output}{await errors}");
        return peak;
    }

    /// <summary>The processor time that a process has used so far, including its ended children.</summary>
    public static double ProcessorMicroseconds(int processId)
    {
        if (ReadStat(processId) is not { } stat)
            return 0;
        // The name in parentheses can contain anything. utime, stime, cutime and cstime are fields 14 to 17.
        var fields = stat.Split(')')[^1].Split(' ');
        return fields[12..16].Sum(field => long.Parse(field, System.Globalization.CultureInfo.InvariantCulture))
            * TickMicroseconds;
    }

    /// <summary>The ids of a process's children.</summary>
    public static IEnumerable<int> ChildrenOf(int processId) =>
        File.ReadAllText($"/proc/{processId}/task/{processId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, System.Globalization.CultureInfo.InvariantCulture));

    private static double PeakOf(int processId)
    {
        const string field = "VmHWM:";
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(one => one.StartsWith(field, StringComparison.Ordinal));
            return line is null
                ? 0
                : double.Parse(
                    line[field.Length..].Trim().Split(' ')[0],
                    System.Globalization.CultureInfo.InvariantCulture
                ) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string? ReadStat(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Linux counts in hundredths of a second on every machine.
    private const double TickMicroseconds = 10_000;
}

/// <summary>A server under load: a separate process that listens on a free port of 127.0.0.1.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(120);

    private readonly Process process;

    private ServerProcess(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    /// <summary>Current memory use, in MB.</summary>
    public double MemoryMegabytes => Read("VmRSS:");

    /// <summary>Peak memory use, in MB.</summary>
    public double MemoryPeakMegabytes => Read("VmHWM:");

    /// <summary>Processor time used so far.</summary>
    public double ProcessorMicroseconds => Programs.ProcessorMicroseconds(process.Id);

    /// <summary>Starts a server and waits until it responds.</summary>
    /// <param name="assembly">The path of the program.</param>
    /// <param name="arguments">Returns the arguments for a given address to listen on.</param>
    public static async Task<ServerProcess> StartAsync(string assembly, Func<string, IEnumerable<string>> arguments)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments(url)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        // The setting of `paydown serve` (docs/decisions/0016), for the other servers too, so their Kestrel is as fast.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        var server = new ServerProcess(Process.Start(start)!, url);
        server.process.OutputDataReceived += (_, _) => { };
        server.process.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var clock = Stopwatch.StartNew();
        while (!await IsLiveAsync(client))
        {
            if (server.process.HasExited || clock.Elapsed > StartMax)
                throw new BenchException($"{Path.GetFileName(assembly)} did not start.");
            await Task.Delay(20);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> IsLiveAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private double Read(string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .First(one => one.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(
                line[field.Length..].Trim().Split(' ')[0],
                System.Globalization.CultureInfo.InvariantCulture
            ) / 1024;
    }
}
