using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Npgsql;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>How a server ends, and what its clients then know.</summary>
public sealed class ServerEndTests(TestCluster cluster)
{
    private const int UnheardShort = 1;
    private const int UnheardLong = 25;
    private const int ClientCount = 32;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    // It stops taking, and has ten seconds for what it took; then its last group, and it is gone.
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task When_stopped_it_sends_every_response_for_finished_work()
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
        var deeds = new Deeds(lender, new Random(1));
        using var clients = new Clients(lender, deeds, server.Address);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        var clock = Stopwatch.StartNew();
        while (deeds.Done < 200 && clock.Elapsed < PatienceMax)
            await Task.Delay(TimeSpan.FromMilliseconds(2));

        await ChildProgram.SignalAsync("TERM", server.Id, CancellationToken.None);
        clock.Restart();
        await server.UntilExitAsync();
        clock.Elapsed.ShouldBeLessThan(StopMax);
        server.ExitCode.ShouldBe(0, server.Said);
        await stop.CancelAsync();
        await load;

        var there = await new Reckoning(connectionString, lender, deeds).CheckAsync(DateTimeOffset.UnixEpoch);
        deeds.Open.Where(deed => there.ContainsKey(deed.Key)).ShouldBeEmpty("done and not answered");
    }

    [Fact]
    public async Task Killed_between_the_commit_and_the_answer_it_gives_the_answer_to_the_retry()
    {
        await using var folder = new ScratchFolder();
        var connectionString = await cluster.CreateDatabaseAsync();
        var port = ServerProcess.FreePort();
        var server = await ServerProcess.StartReadyAsync(folder, port, "--database", connectionString);
        var lender = await Lender.AddAsync(server.Address, connectionString, 4);
        var deeds = new Deeds(lender, new Random(1));
        for (var round = 0; round < LongRun.Count(UnheardShort, UnheardLong); round++)
        {
            using var clients = new Clients(lender, deeds, server.Address);
            var deed = deeds.Report(lender.Borrowers[round % lender.Borrowers.Count]);
            // A client that never reads: it hears nothing, whatever the server manages to send.
            using var deaf = new TcpClient();
            await deaf.ConnectAsync(server.Address.Host, port);
            await deaf.GetStream().WriteAsync(RawRequest(clients, deed, server.Address));
            await UntilThereAsync(connectionString, deed);
            await server.KillAsync();
            server.Dispose();

            server = await ServerProcess.StartReadyAsync(folder, port, "--database", connectionString);
            var there = await new Reckoning(connectionString, lender, deeds).CheckAsync(DateTimeOffset.UnixEpoch);
            (await clients.TryAsync(deed)).ShouldBeTrue();
            deed.WasReplayed.ShouldBeTrue();
            deed.Id.ShouldBe(there[deed.Key]);
        }

        var reckoning = new Reckoning(connectionString, lender, deeds);
        await reckoning.CheckAsync(DateTimeOffset.UnixEpoch);
        await reckoning.AuditAsync();
        server.Dispose();
    }

    [Fact]
    public async Task It_does_not_start_on_a_schema_that_it_does_not_know()
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

    private static byte[] RawRequest(Clients clients, Deed deed, Uri address)
    {
        var body = JsonSerializer.Serialize(deed.Body);
        var text = new StringBuilder($"POST /api/v6/services/{deed.Path} HTTP/1.1\r\nHost: {address.Authority}\r\n");
        foreach (var (name, value) in clients.HeadersOf(deed.Borrower.Customer.Caller, deed.Key))
            text.Append($"{name}: {value}\r\n");
        text.Append($"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static async Task UntilThereAsync(string connectionString, Deed deed)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await using var command = source.CreateCommand("select count(*) from repayment where narration = $1");
            command.Parameters.Add(Sql.Value(deed.Key));
            if (await command.ExecuteScalarAsync() is 1L)
                return;
            clock.Elapsed.ShouldBeLessThan(PatienceMax);
        }
    }
}
