using System.Diagnostics;

namespace Paydown.Bench;

/// <summary>
/// The time from the start of the process to the first correct response of <c>/health/ready</c>, including the start of
/// its private cluster.
/// </summary>
public static class StartBench
{
    private const double SecondsMax = 1.0;

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        var folder = Path.Combine(stage.Scratch, "start");
        await StartOnceAsync(stage, folder);
        var seconds = new List<double>();
        for (var round = 0; round < (stage.IsQuick ? 1 : 10); round++)
            seconds.Add(await StartOnceAsync(stage, folder));
        return [BenchCase.Within("process and cluster to ready", Side.Of(seconds, "s"), SecondsMax)];
    }

    private static async Task<double> StartOnceAsync(Stage stage, string folder)
    {
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [stage.PaydownProgram, "serve", "--data", folder, "--urls", url])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        while (!await IsReadyAsync(client))
        {
            if (process.HasExited)
                throw new BenchException("The server exited before it was ready.");
            await Task.Delay(2);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await Programs.RunAsync("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        return seconds;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))
                == """{"status":"SUCCESS","data":{"state":"ready"}}""";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
