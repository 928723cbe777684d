using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

/// <summary>A new, stopped cluster to copy, because creating one takes ten times as long as a copy.</summary>
public sealed class NewbornCluster : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("paydown-newborn-").FullName;

    public async ValueTask InitializeAsync() =>
        await (
            await LocalPostgres.StartAsync(new LocalPostgresOptions(folder) { IsDurable = false }, default)
        ).DisposeAsync();

    /// <summary>Copies the cluster, with its owner, into a data directory, and lets that owner enter.</summary>
    public async Task CopyToAsync(string dataFolder)
    {
        File.SetUnixFileMode(dataFolder, File.GetUnixFileMode(dataFolder) | UnixFileMode.OtherExecute);
        var copy = await ChildProgram.RunAsync(["cp", "-a", Path.Combine(folder, "postgres"), dataFolder], default);
        copy.IsSuccess.ShouldBeTrue(copy.Output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
