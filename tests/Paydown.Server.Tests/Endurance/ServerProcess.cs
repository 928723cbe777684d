using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Paydown.Server.Platform.Storage;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>The real program, <c>paydown serve</c>, as a process whose working directory is a scratch folder.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int Id => process.Id;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything that it has written to its output and error streams.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Starts the server without waiting until it is ready.</summary>
    public static ServerProcess Start(ScratchFolder folder, int port, params string[] options) =>
        Start(folder, port, new Dictionary<string, string>(), options);

    /// <summary>Starts the server with more environment variables, without waiting until it is ready.</summary>
    public static ServerProcess Start(
        ScratchFolder folder,
        int port,
        IReadOnlyDictionary<string, string> variables,
        params string[] options
    )
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var program = typeof(ServerOptions).Assembly.Location;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                program,
                "serve",
                "--urls",
                address.GetLeftPart(UriPartial.Authority),
                "--requests-per-second",
                "0",
                "--no-work",
                "--webhook-allow",
                "127.0.0.1",
                .. options,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!, address);
    }

    /// <summary>Starts the server and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartReadyAsync(ScratchFolder folder, int port, params string[] options)
    {
        var server = Start(folder, port, options);
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>Returns a port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the server reports that it is ready.</summary>
    public async Task UntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        await Wait.UntilAsync(
            async () =>
            {
                process.HasExited.ShouldBeFalse($"The server ended by itself:\n{Said}");
                return await FindReadinessAsync(http) == HttpStatusCode.OK;
            },
            () => Said
        );
    }

    /// <summary>SIGTERM: the server finishes its requests, stops its database and exits.</summary>
    public async Task StopAsync()
    {
        await ChildProgram.SignalAsync("TERM", process.Id, CancellationToken.None);
        await UntilExitAsync();
    }

    /// <summary>SIGKILL: the server ends at once.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public Task UntilExitAsync() => process.WaitForExitAsync().WaitAsync(Wait.PatienceMax);

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static async Task<HttpStatusCode?> FindReadinessAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Hear(string? line)
    {
        const int LinesMax = 2_000;
        if (line is null)
            return;
        said.Enqueue(line);
        if (said.Count > LinesMax)
            said.TryDequeue(out _);
    }
}
