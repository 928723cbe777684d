using System.Diagnostics;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.EndOfDay;

/// <summary>
/// The end of a day is killed again and again: its process, or its connection to the database. What is missed of seven
/// months is booked once, and nothing is missing.
/// </summary>
public sealed class EndOfDayKillTests(TestServer server) : IClassFixture<TestServer>
{
    private const int KillsShort = 4;
    private const int KillsLong = 100;
    private const int LoansShort = 3_000;
    private const int LoansLong = 30_000;

    // A batch that reaches a number of loans waits for a lock, or loses its connection.
    private const string Halts = """
        create table halt (loans int not null, is_cut boolean not null);
        insert into halt values (0, false);
        create function halt() returns trigger language plpgsql security definer as $$
        begin
          if new.loans_done >= (select loans from halt) then
            if (select is_cut from halt) then
              perform pg_terminate_backend(pg_backend_pid());
            else
              perform pg_advisory_xact_lock(7);
            end if;
          end if;
          return new;
        end $$;
        create trigger halt before update on end_of_day for each row
          when (new.loans_done > old.loans_done) execute function halt()
        """;

    [Fact]
    public async Task Every_day_is_booked_once_however_often_its_end_is_killed()
    {
        var kills = LongRun.Count(KillsShort, KillsLong);
        var count = LongRun.IsWanted ? LoansLong : LoansShort;
        await new Portfolio(server.Database, TimeProvider.System).FillAsync(count, 0, _ => { }, default);
        await server.BackDoor.ExecuteAsync(
            $"""
            update organisation set accrual_posting = 'MONTHLY', day_rules = day_rules + 1
            where id = '{PortfolioIds.Organisation.Value}'
            """
        );

        // Each kill comes in the middle of a batch, and later than the one before.
        await server.BackDoor.ExecuteAsync(Halts);
        for (var kill = 0; kill < kills; kill++)
        {
            var isCut = kill % 2 == 1;
            await server.BackDoor.ExecuteAsync(
                "update halt set loans = $1, is_cut = $2",
                (int)((long)count * kill / kills) + 1,
                isCut
            );
            await using var gate = await server.Database.OpenConnectionAsync();
            await using (var close = new NpgsqlCommand("select pg_advisory_lock(7)", gate))
                await close.ExecuteNonQueryAsync();
            using var run = Start();
            if (!isCut)
            {
                await Wait.UntilAsync(async () => run.HasExited || await IsHaltedAsync());
                run.Kill();
            }

            await run.WaitForExitAsync();
            // What the database has received of a dead process, it may still commit.
            await using (var open = new NpgsqlCommand("select pg_advisory_unlock(7)", gate))
                await open.ExecuteNonQueryAsync();
            run.ExitCode.ShouldNotBe(0);
        }

        await server.BackDoor.ExecuteAsync("drop trigger halt on end_of_day");
        using (var last = Start())
        {
            await last.WaitForExitAsync();
            last.ExitCode.ShouldBe(0, await last.StandardError.ReadToEndAsync());
        }

        // 200 days or more: six due dates, and at least as many month ends.
        (await CountAsync("loan_day where accrued_on is not null")).ShouldBe(count);
        (await CountAsync("loan_day where arrears_bucket > 0")).ShouldBe(count);
        (
            await CountAsync(
                """
                (select account_id, effective_on from journal_entry where kind = 'INTEREST_ACCRUED'
                 group by 1, 2 having count(*) > 1) twice
                """
            )
        ).ShouldBe(0);
        (await CountAsync("journal_entry where kind = 'INTEREST_ACCRUED'")).ShouldBeGreaterThanOrEqualTo(count);
        (await CountAsync("outbox_event where type = 'LOAN_OVERDUE'")).ShouldBe(count);
        await server.ShouldAuditCleanAsync();
        if (LongRun.IsWanted)
            Console.WriteLine($"end of day: {kills} kills, {count} loans");
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(ServerOptions).Assembly.Location, "end-of-day", "--organisation", $"{PortfolioIds.Organisation}"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PAYDOWN__DATABASE"] = server.ConnectionString;
        return Process.Start(start)!;
    }

    private async Task<bool> IsHaltedAsync() =>
        await CountAsync("pg_locks where locktype = 'advisory' and objid = 7 and not granted") > 0;

    private Task<long> CountAsync(string table) => server.ScalarAsync<long>($"select count(*) from {table}");
}
