using Npgsql;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// The disk of the database is full (ENOSPC on the write-ahead log, on a small tmpfs). Requests are refused, confirmed
/// writes are kept, and the server continues by itself once there is space again.
/// </summary>
public sealed class FullDiskTests
{
    // A new cluster with the schema takes about 50 MB. The test fills the rest.
    private const int DiskMegabytes = 256;
    private const int ClientCount = 8;

    [Fact]
    public async Task A_full_disk_refuses_requests_and_the_server_continues_once_there_is_space()
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
        var writes = new ClientWrites(lender, new Random(1));
        using var clients = new Clients(lender, writes, server.Address);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        await writes.UntilDoneAsync(100, () => $"No responses. {server.Said}");
        writes.Unexpected.ShouldBeEmpty();

        var ballast = Path.Combine(folder.Disk, "ballast");
        Fill(ballast);
        await UseUpLogAsync(administrator);
        var refused = writes.Report(lender.Borrowers[0]);
        await Wait.UntilAsync(
            async () => !await clients.TryAsync(refused),
            () => $"The server did not notice the full disk. {server.Said}"
        );
        File.Delete(ballast);
        await server.UntilReadyAsync();
        await writes.UntilDoneAsync(100, () => $"The server did not continue. {server.Said}");
        await stop.CancelAsync();
        await load;

        await clients.FinishAsync();
        var check = new WriteCheck(connectionString, lender, writes);
        await check.CheckAsync(DateTimeOffset.UnixEpoch);
        await check.AuditAsync();
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

    // Fills the rest of the disk.
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
            // The disk is full, as intended.
        }
    }

    // Uses up the remaining segments of the log, so the next write needs a new one.
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
            // PostgreSQL has reached the end of its disk.
        }
    }
}
