using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.Endurance;
using Paydown.Server.Tests.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>The program as a separate process that is started, killed and stopped.</summary>
public sealed class ServeTests(NewbornCluster newborn) : IClassFixture<NewbornCluster>
{
    [Fact]
    public async Task A_killed_server_comes_back_to_its_database_and_a_stopped_one_leaves_nothing_running()
    {
        await using var folder = new ScratchFolder();
        await newborn.CopyToAsync(folder.Path);
        var cluster = Path.Combine(folder.Path, "postgres");
        using var killed = await StartAsync(folder);
        await killed.KillAsync();
        Postmaster.Find(cluster).ShouldNotBeNull("A killed server cannot stop its database.");

        using var next = await StartAsync(folder);
        await next.StopAsync();
        next.ExitCode.ShouldBe(0, next.Said);
        Postmaster.Find(cluster).ShouldBeNull();
    }

    private static Task<ServerProcess> StartAsync(ScratchFolder folder) =>
        ServerProcess.StartReadyAsync(folder, ServerProcess.FreePort(), "--data", folder.Path);
}
