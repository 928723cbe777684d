using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Commands;
using Paydown.Server.EndOfDay;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Bench;

/// <summary>
/// The end of a day of a large portfolio, by <c>paydown end-of-day</c>: an ordinary day, on which one loan in 28 falls
/// due and one becomes overdue, and a month end, on which the interest of all loans is recognised. Times include the
/// start of the program.
/// </summary>
public static class EndOfDayBench
{
    private const double OrdinarySecondsMax = 10;
    private const double MonthEndSecondsMax = 90;
    private const double FoldPerSecondMin = 100_000;
    private const double MegabytesMax = 400;
    private const double SlowerMax = 2;
    private const double TimesUsualMin = 20;

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        var loanCount = stage.Rows ?? (stage.IsQuick ? 2_000 : 1_000_000);
        var results = new List<BenchCase>();
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        await database.ExecuteAsync(
            "update organisation set accrual_posting = 'MONTHLY', day_rules = day_rules + 1, arrears_buckets = '{30,60}'"
        );
        var (opened, monthEnd) = await DaysAsync(database);
        var usual = await UsualAsync(stage, database, monthEnd, Math.Min(loanCount, 5_000));

        // The first run sees every loan, like the one after a change of the rules.
        var first = await RunAsync(stage, database, opened);
        results.Add(BenchCase.Shown("every loan follows new rules", Side.Of([first.Seconds], "s")));
        await RunAsync(stage, database, monthEnd.AddDays(-1));
        var month = await RunAsync(stage, database, monthEnd);
        await CheckAsync(database, monthEnd, loanCount);
        await RunAsync(stage, database, monthEnd.AddDays(7));
        var ordinary = await RunAsync(stage, database, monthEnd.AddDays(8));
        var again = await RunAsync(stage, database, monthEnd.AddDays(8));
        results.Add(
            BenchCase.Within(
                $"ordinary day of {loanCount:N0} loans",
                Side.Of([ordinary.Seconds], "s"),
                OrdinarySecondsMax
            )
        );
        results.Add(
            BenchCase.Within($"month end of {loanCount:N0} loans", Side.Of([month.Seconds], "s"), MonthEndSecondsMax)
        );
        results.Add(BenchCase.Shown("the same day again", Side.Of([again.Seconds], "s")));
        results.Add(
            BenchCase.AtLeast(
                "month end, written the usual way",
                Side.Of([loanCount / month.Seconds], "loans/s"),
                Side.Of([usual], "loans/s"),
                TimesUsualMin
            )
        );
        results.Add(BenchCase.Within("peak memory of a run", Side.Of([month.Megabytes], "MB"), MegabytesMax));
        results.Add(BenchCase.Reaching("the fold in it, one core", await FoldAsync(stage, database), FoldPerSecondMin));
        await AddLatencyAsync(stage, database, PostingDays.MonthEndAfter(monthEnd), loanCount, results);
        return results;
    }

    // Customers report repayments while the next month end runs, and without one.
    private static async Task AddLatencyAsync(
        Stage stage,
        BenchDatabase database,
        DateOnly day,
        int loanCount,
        List<BenchCase> results
    )
    {
        await RunAsync(stage, database, day.AddDays(-1));
        await using var load = await RepayLatency.StartAsync(
            stage,
            database,
            Orders.Spread(loanCount, Math.Min(loanCount, 100_000))
        );
        await load.MeasureAsync(Task.Delay(TimeSpan.FromSeconds(stage.WarmUpSeconds)));
        var alone = await load.MeasureAsync(Task.Delay(TimeSpan.FromSeconds(3 * stage.Seconds)));
        var during = await load.MeasureAsync(RunAsync(stage, database, day));
        results.Add(
            BenchCase.AtMost(
                "p99 of repay-loan during a month end",
                Side.Of([during], "ms"),
                Side.Of([alone], "ms"),
                SlowerMax
            )
        );
    }

    // The day on which all loans are paid out, and a month end after it.
    private static async Task<(DateOnly Opened, DateOnly MonthEnd)> DaysAsync(BenchDatabase database)
    {
        await using var command = database.Source.CreateCommand("select max(disbursed_on) from loan_account");
        var opened = (DateOnly)(await command.ExecuteScalarAsync())!;
        return (opened, PostingDays.MonthEndAfter(opened.AddDays(4)));
    }

    private static async Task<(double Seconds, double Megabytes)> RunAsync(
        Stage stage,
        BenchDatabase database,
        DateOnly day
    )
    {
        await stage.CheckpointAsync();
        var clock = Stopwatch.StartNew();
        var megabytes = await Programs.PeakMegabytesAsync(
            "dotnet",
            [
                stage.PaydownProgram,
                "end-of-day",
                "--date",
                day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "--json",
                "--database",
                database.ConnectionString,
            ]
        );
        await Console.Out.WriteLineAsync($"    end of {day:yyyy-MM-dd}: {clock.Elapsed.TotalSeconds:0.0} s");
        return (clock.Elapsed.TotalSeconds, megabytes);
    }

    private static async Task CheckAsync(BenchDatabase database, DateOnly monthEnd, int loanCount)
    {
        var day = monthEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var accrued = await database.CountAsync(
            $"journal_entry where kind = 'INTEREST_ACCRUED' and effective_on = '{day}'"
        );
        var different = await database.CountAsync(
            """
            (select l.account_id from loan_day l
             join posting p on p.customer_id = l.customer_id and p.account_id = l.account_id
               and p.ledger_account = 'INTEREST_RECEIVABLE'
             where l.customer_id < '00000000-0000-0000-0000-000000010000' group by l.account_id, l.accrued_interest
             having sum(p.amount) <> l.accrued_interest) different
            """
        );
        if (accrued != loanCount || different != 0)
            throw new BenchException($"{accrued} loans recognised interest, and {different} have other books.");
    }

    private static async Task<Side> FoldAsync(Stage stage, BenchDatabase database)
    {
        const int loans = 2_000;
        var keys = Enumerable
            .Range(0, Math.Min(loans, stage.Rows ?? loans))
            .Select(number => new LoanKey(PortfolioIds.Customer(number), PortfolioIds.Account(number)))
            .ToList();
        await using var connection = await database.Source.OpenConnectionAsync();
        var stored = await LoanStore.ListAsync(connection, keys, default);
        var days = new LoanDays(new Ids(TimeProvider.System));
        var rules = new DayRules { Version = 2, Accrual = new(AccrualPosting.Monthly, SuspendedAfterDays: 90) };
        var rates = new List<double>();
        for (var round = 0; round <= stage.Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var done = 0;
            while (clock.Elapsed.TotalSeconds < stage.Seconds)
            {
                foreach (var loan in stored)
                {
                    var after = loan.Standing.Accrued?.On ?? loan.DisbursedOn!.Value;
                    var day = PostingDays.MonthEndAfter(after);
                    days.EndDay(loan, rules, new ActionContext(UserId.Nobody, DateTimeOffset.UnixEpoch, day, ""));
                    done++;
                }
            }

            // The first round warms up.
            if (round > 0)
                rates.Add(done / clock.Elapsed.TotalSeconds);
        }

        return Side.Of(rates, "loans/s");
    }

    private static async Task<double> UsualAsync(Stage stage, BenchDatabase database, DateOnly day, int loans)
    {
        var output = await Programs.RunAsync(
            "dotnet",
            [
                stage.UsualProgram,
                "end-of-day",
                database.ConnectionString,
                day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                loans.ToString(CultureInfo.InvariantCulture),
            ]
        );
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
