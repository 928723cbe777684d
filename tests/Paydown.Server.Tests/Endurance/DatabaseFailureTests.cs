using System.Diagnostics;
using System.Net;
using Npgsql;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// The database is lost, slow or out of connections, or a loan in it is locked. Requests get 503 within the limit
/// (docs/operating.md), the server recovers without help, and nothing is lost.
/// </summary>
public sealed class DatabaseFailureTests(TestCluster cluster)
{
    private const int ClientCount = 16;
    private const int LossesShort = 3;
    private const int LossesLong = 100;
    private const int SeedShort = 71;

    [Fact]
    public async Task A_lost_database_gives_503_and_the_server_recovers_with_it()
    {
        var random = new Random(LongRun.Seed(SeedShort));
        await using var stage = await FailureStage.StartAsync(cluster);
        using var stop = new CancellationTokenSource();
        var load = stage.Clients.RunAsync(ClientCount, stop.Token);
        for (var loss = 0; loss < LongRun.Count(LossesShort, LossesLong); loss++)
        {
            await stage.Writes.UntilDoneAsync(random.Next(1, 100));
            stage.Proxy.Cut();
            await stage.ShouldBeRefusedAsync(stage.ReportOf(0));
            (await stage.HealthAsync("ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await stage.HealthAsync("live")).ShouldBe(HttpStatusCode.OK);
            stage.Proxy.Resume();
        }

        await stage.Writes.UntilDoneAsync(1);
        await stop.CancelAsync();
        await load;
        await stage.ShouldHaveLostNothingAsync();
    }

    [Fact]
    public async Task The_first_requests_after_a_loss_succeed()
    {
        await using var stage = await FailureStage.StartAsync(cluster);
        var reported = stage.ReportOf(0);
        (await stage.Clients.TryAsync(reported)).ShouldBeTrue();
        // Each request finds a connection that was lost in its pool.
        stage.Proxy.Cut();
        stage.Proxy.Resume();
        (await stage.Clients.TryAsync(stage.ReportOf(1))).ShouldBeTrue();
        stage.Proxy.Cut();
        stage.Proxy.Resume();
        (await stage.Clients.TryAsync(stage.Writes.Verify(reported))).ShouldBeTrue();
        await stage.ShouldHaveLostNothingAsync();
    }

    [Fact]
    public async Task A_statement_that_is_too_slow_is_reported_as_slow()
    {
        await using var folder = new ScratchFolder();
        var database = await cluster.CreateDatabaseAsync();
        using var server = await ServerProcess.StartReadyAsync(
            folder,
            ServerProcess.FreePort(),
            "--database",
            database
        );
        await using var lender = await TestServer.AttachAsync(server.Address, database);
        var client = lender.Lender.Manager;
        await using var holder = await lender.Database.OpenConnectionAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("lock table repayment in access exclusive mode", holder);
        await command.ExecuteNonQueryAsync();

        var answer = await client.GetAsync("admin/repayments/list?page=1&size=10");

        answer.ShouldBeRefused(503, "SERVICE_UNAVAILABLE");
        answer.Body.ShouldContain("The database took longer than 5 s for this request.");
        await Wait.UntilAsync(
            () => server.Said.Contains("A statement took longer than 5 s", StringComparison.Ordinal),
            () => server.Said
        );

        server.Said.ShouldContain("the last on GET admin/repayments/list (interaction interaction-12345)");
        server.Said.ShouldNotContain("is away");
    }

    [Fact]
    public async Task A_database_that_stops_responding_gives_503_within_the_limit_to_all_requests()
    {
        await using var stage = await FailureStage.StartAsync(cluster);
        using var stop = new CancellationTokenSource();
        var load = stage.Clients.RunAsync(ClientCount, stop.Token);
        await stage.Writes.UntilDoneAsync(30);
        stage.Proxy.Stall();
        // Some requests wait in the queue, others for a connection. Each has the whole limit from its start.
        await stage.ShouldAllBeRefusedAsync();
        (await stage.HealthAsync("ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        stage.Proxy.Resume();
        await stage.Writes.UntilDoneAsync(1);
        await stop.CancelAsync();
        await load;
        await stage.ShouldHaveLostNothingAsync();
    }

    [Fact]
    public async Task A_locked_loan_delays_no_other_loan()
    {
        await using var stage = await FailureStage.StartAsync(cluster);
        var reported = stage.ReportOf(0);
        (await stage.Clients.TryAsync(reported)).ShouldBeTrue();
        await using var holder = new NpgsqlConnection(stage.DirectConnectionString);
        await holder.OpenAsync();
        await using (var hold = await holder.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand("select 1 from loan_account where id = $1 for update", holder)
            {
                Parameters = { Sql.Value(reported.Borrower.Loan.Id) },
            };
            await command.ExecuteNonQueryAsync();

            var held = Task.WhenAll(
                stage.ShouldBeRefusedAsync(stage.ReportOf(0)),
                stage.ShouldBeRefusedAsync(stage.Writes.Verify(reported))
            );
            for (var round = 0; round < 5; round++)
            {
                foreach (var other in Enumerable.Range(1, 7))
                    (await stage.Clients.TryAsync(stage.ReportOf(other))).ShouldBeTrue();
            }

            await held;
            await hold.RollbackAsync();
        }

        await stage.ShouldHaveLostNothingAsync();
    }

    [Fact]
    public async Task A_request_without_a_connection_gets_503()
    {
        const int PoolSize = 4;
        await using var stage = await FailureStage.StartAsync(cluster, PoolSize);
        var taken = new List<IAsyncDisposable>();
        try
        {
            // The feed of revocations has one connection.
            while (taken.Count < PoolSize - 1)
                taken.Add(await stage.Pool.OpenConnectionAsync());
            for (var lane = 0; lane < GroupConnections.LaneCount; lane++)
            {
                for (var i = 0; i < GroupConnections.ConnectionsMax; i++)
                    taken.Add(await stage.GroupConnections.BeginAsync(lane));
            }

            await stage.ShouldAllBeRefusedAsync();
        }
        finally
        {
            foreach (var connection in taken)
                await connection.DisposeAsync();
        }

        await stage.ShouldHaveLostNothingAsync();
    }

    [Fact]
    public async Task A_database_without_free_connections_gives_503()
    {
        await using var stage = await FailureStage.StartAsync(cluster);
        var name = new NpgsqlConnectionStringBuilder(stage.DirectConnectionString).Database;
        await using var administrator = NpgsqlDataSource.Create(cluster.AdministratorConnectionString);
        await ExecuteAsync(administrator, $"alter database {name} with connection limit 0");
        await ExecuteAsync(
            administrator,
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        );
        var clock = Stopwatch.StartNew();
        await stage.ShouldBeRefusedAsync(stage.ReportOf(0));
        await stage.ShouldBeRefusedAsync(stage.ReportOf(1));
        clock.Elapsed.ShouldBeLessThan(Clients.AnswerMax);
        await ExecuteAsync(administrator, $"alter database {name} with connection limit -1");
        await stage.ShouldHaveLostNothingAsync();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
