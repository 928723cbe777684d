using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.Endurance;
using Paydown.Server.Tests.Isolation;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>
/// The first start on an empty folder, and of two servers on one empty database. Every call must work as after a
/// restart, although the process opened connections before the schema existed.
/// </summary>
public sealed class FirstStartTests(TestCluster cluster)
{
    [Fact]
    public async Task Every_call_works_at_the_first_start_as_after_a_restart()
    {
        await using var folder = new ScratchFolder();
        var data = Path.Combine(folder.Path, "data");
        using (var first = await StartAsync(folder, "--data", data))
        {
            await ShouldAnswerAllAsync(first.Address, data);
            await first.StopAsync();
            first.ExitCode.ShouldBe(0, first.Said);
        }

        using var second = await StartAsync(folder, "--data", data);
        await ShouldAnswerAllAsync(second.Address, data);
    }

    [Fact]
    public async Task Two_servers_that_start_together_on_an_empty_database_both_work()
    {
        await using var folder = new ScratchFolder();
        var database = await cluster.CreateBareDatabaseAsync();
        var servers = await Task.WhenAll(
            StartAsync(folder, "--database", database),
            StartAsync(folder, "--database", database)
        );
        try
        {
            foreach (var server in servers)
            {
                await using var lender = await TestServer.AttachAsync(server.Address, database);
                await EveryCall.ShouldDecideAsync(lender);
            }
        }
        finally
        {
            foreach (var server in servers)
                server.Dispose();
        }
    }

    private static Task<ServerProcess> StartAsync(ScratchFolder folder, params string[] options) =>
        ServerProcess.StartReadyAsync(folder, ServerProcess.FreePort(), [.. options, "--payments", "sandbox"]);

    private async Task ShouldAnswerAllAsync(Uri address, string dataFolder)
    {
        await using var postgres = await LocalPostgres.JoinAsync(new LocalPostgresOptions(dataFolder), default);
        await using var lender = await TestServer.AttachAsync(address, postgres.ConnectionString);
        await EveryCall.ShouldDecideAsync(lender);
        await EveryCall.ShouldNotFailAsync(lender);
    }
}
