using System.Diagnostics;
using Paydown.Server.Commands;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.EndOfDay;

/// <summary>
/// The end of a day is killed again and again: its process, or its connections to the database. What is missed of seven
/// months is booked once, and nothing is missing.
/// </summary>
public sealed class EndOfDayKillTests(TestServer server) : IClassFixture<TestServer>
{
    private const int KillsShort = 6;
    private const int KillsLong = 100;
    private const int LoansShort = 3_000;
    private const int LoansLong = 30_000;
    private const string Application = "killed";

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

        var killed = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            using var run = Start();
            // The first one has begun; each later one has done something.
            var done = kill == 0 ? -1 : await DoneAsync();
            await Wait.UntilAsync(async () => run.HasExited || await DoneAsync() > done);
            if (run.HasExited)
                continue;
            if (kill % 2 == 0)
                run.Kill();
            else
                await CutAsync(run);
            await run.WaitForExitAsync();
            killed++;
        }

        killed.ShouldBeGreaterThan(kills / 2);
        using (var last = Start())
        {
            await last.WaitForExitAsync();
            last.ExitCode.ShouldBe(0, await last.StandardError.ReadToEndAsync());
        }

        // 200 days or more: six due dates, and at least as many month ends.
        (await CountAsync("loan_account where accrued_on is not null")).ShouldBe(count);
        (await CountAsync("loan_account where arrears_bucket > 0")).ShouldBe(count);
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
            Console.WriteLine($"end of day: {killed} kills, {count} loans");
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
        start.Environment["PAYDOWN__DATABASE"] = $"{server.ConnectionString};Application Name={Application}";
        return Process.Start(start)!;
    }

    // Its connections end, in the middle of a statement if it has sent one.
    private async Task CutAsync(Process run)
    {
        while (!run.HasExited)
        {
            await server.ScalarAsync<long>(
                $"""
                select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity
                where application_name = '{Application}'
                """
            );
        }
    }

    private Task<long> DoneAsync() =>
        server.ScalarAsync<long>("select coalesce(sum(loans_done), -1)::bigint from end_of_day");

    private Task<long> CountAsync(string table) => server.ScalarAsync<long>($"select count(*) from {table}");
}
