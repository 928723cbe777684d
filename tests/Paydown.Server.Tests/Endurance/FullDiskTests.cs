using Npgsql;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// The disk of the database is full (ENOSPC on the write-ahead log, on a small tmpfs of the test's own): requests are
/// refused, what was acknowledged stays, and with room again the server goes on by itself.
/// </summary>
public sealed class FullDiskTests
{
    // A new cluster with our schema takes some 50 MB; what is left is filled up by the test.
    private const int DiskMegabytes = 256;
    private const int ClientCount = 8;

    [Fact]
    public async Task With_a_full_disk_requests_are_refused_and_with_room_again_the_server_goes_on()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may mount the small disk that this test fills.");
        await using var folder = new ScratchFolder();
        await MountAsync(folder);
        var data = Path.Combine(folder.Disk, "data");
        using var server = await ServerProcess.StartReadyAsync(folder, ServerProcess.FreePort(), "--data", data);
        string connectionString,
            administrator;
        await using (var joined = await LocalPostgres.JoinAsync(new LocalPostgresOptions(data), CancellationToken.None))
            (connectionString, administrator) = (joined.ConnectionString, joined.AdministratorConnectionString);
        var lender = await Lender.AddAsync(server.Address, connectionString, 16);
        var deeds = new Deeds(lender, new Random(1));
        using var clients = new Clients(lender, deeds, server.Address);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        await deeds.UntilDoneAsync(100, () => $"No responses. {server.Said}");
        deeds.Surprises.ShouldBeEmpty();

        var ballast = Path.Combine(folder.Disk, "ballast");
        Fill(ballast);
        await UseUpLogAsync(administrator);
        var refused = deeds.Report(lender.Borrowers[0]);
        await Wait.UntilAsync(
            async () => !await clients.TryAsync(refused),
            () => $"The full disk is not noticed. {server.Said}"
        );
        File.Delete(ballast);
        await server.UntilReadyAsync();
        await deeds.UntilDoneAsync(100, () => $"The server does not go on. {server.Said}");
        await stop.CancelAsync();
        await load;

        await clients.FinishAsync();
        var reckoning = new Reckoning(connectionString, lender, deeds);
        await reckoning.CheckAsync(DateTimeOffset.UnixEpoch);
        await reckoning.AuditAsync();
        server.Said.ShouldNotContain("   at ");
    }

    private static async Task MountAsync(ScratchFolder folder)
    {
        Directory.CreateDirectory(folder.Disk);
        var mounted = await ChildProgram.RunAsync(
            ["mount", "-t", "tmpfs", "-o", $"size={DiskMegabytes}m,mode=755", "paydown-test", folder.Disk],
            default
        );
        if (!mounted.IsSuccess)
            Assert.Skip($"This machine does not let root mount a small disk: {mounted.Output}");
    }

    // Takes what is left of the disk.
    private static void Fill(string path)
    {
        using var ballast = new FileStream(path, FileMode.CreateNew);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
                ballast.Write(block);
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    // Ends the segments of the log that are left, so that the next write needs a new one.
    private static async Task UseUpLogAsync(string administrator)
    {
        await using var source = NpgsqlDataSource.Create(administrator);
        try
        {
            for (var segment = 0; segment < 4; segment++)
            {
                await using var command = source.CreateCommand(
                    "select pg_switch_wal(), pg_logical_emit_message(false, 'test', 'test')"
                );
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // PostgreSQL has met the end of its disk.
        }
    }
}
