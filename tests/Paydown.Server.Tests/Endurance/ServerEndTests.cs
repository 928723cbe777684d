using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Npgsql;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>The end of a server, and what its clients learn of it.</summary>
public sealed class ServerEndTests(TestCluster cluster)
{
    private const int LostResponsesShort = 1;
    private const int LostResponsesLong = 25;
    private const int ClientCount = 32;

    // The server has ten seconds for accepted requests, and then time for its last group.
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_stopped_server_sends_every_response_for_finished_work()
    {
        await using var folder = new ScratchFolder();
        var connectionString = await cluster.CreateDatabaseAsync();
        using var server = await ServerProcess.StartReadyAsync(
            folder,
            ServerProcess.FreePort(),
            "--database",
            connectionString
        );
        var lender = await Lender.AddAsync(server.Address, connectionString, 16);
        var writes = new ClientWrites(lender, new Random(1));
        using var clients = new Clients(lender, writes, server.Address);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        await writes.UntilDoneAsync(200);

        var clock = Stopwatch.StartNew();
        await server.StopAsync();
        clock.Elapsed.ShouldBeLessThan(StopMax);
        server.ExitCode.ShouldBe(0, server.Said);
        await stop.CancelAsync();
        await load;

        var there = await new WriteCheck(connectionString, lender, writes).CheckAsync(DateTimeOffset.UnixEpoch);
        writes.Open.Where(write => there.ContainsKey(write.Key)).ShouldBeEmpty("done but not confirmed");
    }

    [Fact]
    public async Task A_server_killed_between_commit_and_response_gives_the_response_to_the_retry()
    {
        await using var folder = new ScratchFolder();
        var connectionString = await cluster.CreateDatabaseAsync();
        var port = ServerProcess.FreePort();
        var server = await ServerProcess.StartReadyAsync(folder, port, "--database", connectionString);
        var lender = await Lender.AddAsync(server.Address, connectionString, 4);
        var writes = new ClientWrites(lender, new Random(1));
        for (var round = 0; round < LongRun.Count(LostResponsesShort, LostResponsesLong); round++)
        {
            using var clients = new Clients(lender, writes, server.Address);
            var write = writes.Report(lender.Borrowers[round % lender.Borrowers.Count]);
            // A client that never reads, so it gets no response whatever the server sends.
            using var silent = new TcpClient();
            await silent.ConnectAsync(server.Address.Host, port);
            await silent.GetStream().WriteAsync(RawRequest(clients, write, server.Address));
            await UntilThereAsync(connectionString, write);
            await server.KillAsync();
            server.Dispose();

            server = await ServerProcess.StartReadyAsync(folder, port, "--database", connectionString);
            var there = await new WriteCheck(connectionString, lender, writes).CheckAsync(DateTimeOffset.UnixEpoch);
            (await clients.TryAsync(write)).ShouldBeTrue();
            write.WasReplayed.ShouldBeTrue();
            write.Id.ShouldBe(there[write.Key]);
        }

        var check = new WriteCheck(connectionString, lender, writes);
        await check.CheckAsync(DateTimeOffset.UnixEpoch);
        await check.AuditAsync();
        server.Dispose();
    }

    [Fact]
    public async Task A_server_does_not_start_on_an_unknown_schema()
    {
        await using var folder = new ScratchFolder();
        var connectionString = await cluster.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(connectionString))
        await using (
            var command = source.CreateCommand(
                "insert into schema_migrations values (9999, '9999_of_tomorrow', 'x', now())"
            )
        )
            await command.ExecuteNonQueryAsync();

        using var server = ServerProcess.Start(folder, ServerProcess.FreePort(), "--database", connectionString);
        await server.UntilExitAsync();
        server.ExitCode.ShouldBe(1);
        server.Said.ShouldContain("paydown: The database was migrated by a newer Paydown (its schema: 9999_of");
        server.Said.ShouldNotContain("   at ");
    }

    private static byte[] RawRequest(Clients clients, ClientWrite write, Uri address)
    {
        var body = JsonSerializer.Serialize(write.Body);
        var text = new StringBuilder($"POST /api/v6/services/{write.Path} HTTP/1.1\r\nHost: {address.Authority}\r\n");
        foreach (var (name, value) in clients.HeadersOf(write.Borrower.Customer.Caller, write.Key))
            text.Append($"{name}: {value}\r\n");
        text.Append($"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static async Task UntilThereAsync(string connectionString, ClientWrite write)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await Wait.UntilAsync(async () =>
        {
            await using var command = source.CreateCommand("select count(*) from repayment where narration = $1");
            command.Parameters.Add(Sql.Value(write.Key));
            return await command.ExecuteScalarAsync() is 1L;
        });
    }
}
