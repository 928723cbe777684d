using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>The program itself, as a process of its own, started, killed and stopped.</summary>
public sealed class ServeTests(NewbornCluster newborn) : IClassFixture<NewbornCluster>, IDisposable
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);
    private readonly string folder = Directory.CreateTempSubdirectory("paydown-serve-").FullName;
    private readonly string url = $"http://127.0.0.1:{FreePort()}";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_killed_server_comes_back_to_its_database_and_a_stopped_one_leaves_nothing_running()
    {
        await newborn.CopyToAsync(folder);
        using var killed = Start();
        await UntilReadyAsync(killed);
        killed.Kill();
        await killed.WaitForExitAsync();
        Postmaster.Find(Cluster).ShouldNotBeNull("A killed server cannot stop its database.");

        using var next = Start();
        await UntilReadyAsync(next);
        await ChildProgram.SignalAsync("TERM", next.Id, default);
        await next.WaitForExitAsync();
        next.ExitCode.ShouldBe(0);
        Postmaster.Find(Cluster).ShouldBeNull();
    }

    private string Cluster => Path.Combine(folder, "postgres");

    private Process Start()
    {
        var program = typeof(ServerOptions).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--data", folder, "--urls", url])
        {
            UseShellExecute = false,
            // It says little, which fits into the pipe unread.
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private async Task UntilReadyAsync(Process server)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var clock = Stopwatch.StartNew();
        while (true)
        {
            server.HasExited.ShouldBeFalse();
            clock.Elapsed.ShouldBeLessThan(PatienceMax);
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
