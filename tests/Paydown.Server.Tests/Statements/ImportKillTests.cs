using System.Diagnostics;
using Paydown.Lending.Accounting;
using Paydown.Server.Loans;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

/// <summary>
/// The program that imports a statement is killed again and again, and started again with the same file. Each entry
/// counts once.
/// </summary>
public sealed class ImportKillTests(TestServer server) : IClassFixture<TestServer>
{
    private const int KillsShort = 4;
    private const int KillsLong = 100;
    private const int EntriesShort = 1_000;
    private const int EntriesLong = 10_000;
    private const int LoanCount = 25;

    [Fact]
    public async Task Each_entry_counts_once_however_often_its_import_is_killed()
    {
        var kills = LongRun.Count(KillsShort, KillsLong);
        var count = LongRun.IsWanted ? EntriesLong : EntriesShort;
        var lender = await server.AddOrganisationAsync();
        var loans = new List<StoredLoan>();
        for (var i = 0; i < LoanCount; i++)
        {
            loans.Add(await lender.OpenLoanAsync(await lender.AddCustomerAsync()));
            await lender.ReportAsync(loans[i], i + 1, lender.Today);
        }

        await using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "day.xml");
        var statement = new TestStatement(lender.Today, [.. Enumerable.Range(0, count).Select(EntryOf)]);
        await File.WriteAllBytesAsync(file, statement.ToFile());

        // The first is killed while it stores the file, or before.
        var killed = 0;
        for (var kill = 1; kill <= kills; kill++)
        {
            var reached = kill == 1 ? 0 : count * (kill - 1) / kills;
            using var import = Start(lender, file);
            await Wait.UntilAsync(async () => import.HasExited || await IsReachedAsync(lender, reached));
            if (import.HasExited)
                continue;
            import.Kill();
            await import.WaitForExitAsync();
            killed++;
        }

        killed.ShouldBeGreaterThan(kills / 2);
        using (var last = Start(lender, file))
        {
            await last.WaitForExitAsync();
            last.ExitCode.ShouldBe(0, await last.StandardError.ReadToEndAsync());
        }

        (await DecidedAsync(lender)).ShouldBe(count);
        var (entries, repayments) = (
            await CountAsync(lender, "statement_entry"),
            await CountAsync(lender, "repayment")
        );
        (entries, repayments).ShouldBe((count, Enumerable.Range(0, count).Count(IsPaid)));
        var paid = Enumerable.Range(0, count).Sum(i => AmountOf(i));
        (await new TestBank(lender).BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(paid);
        await server.ShouldAuditCleanAsync();
        if (LongRun.IsWanted)
            Console.WriteLine($"import: {killed} kills, {count} entries");

        TestEntry EntryOf(int i) =>
            new(AmountOf(i) / 100m, IsPaid(i) ? loans[i % LoanCount].Reference : null)
            {
                BankReference = $"KILL-{i:D6}",
            };
    }

    // The first entries are reported, the others of loans are not; one in ten is unknown.
    private static bool IsPaid(int i) => i < LoanCount || i % 10 != 0;

    private static long AmountOf(int i) => i + 1;

    private static Process Start(TestOrganisation lender, string file)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(ServerOptions).Assembly.Location, "import-statement", file, "--organisation", $"{lender.Id}"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PAYDOWN__DATABASE"] = lender.Server.ConnectionString;
        return Process.Start(start)!;
    }

    private async Task<bool> IsReachedAsync(TestOrganisation lender, int decided) =>
        decided > 0
            ? await DecidedAsync(lender) >= decided
            : await server.ScalarAsync<long>(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and query like '%insert into statement_%' and pid <> pg_backend_pid()
                """
            ) > 0;

    private Task<long> DecidedAsync(TestOrganisation lender) =>
        server.ScalarAsync<long>(
            "select count(*) from entry_standing where organisation_id = $1 and state <> 'WAITING'",
            lender.Id
        );

    private Task<long> CountAsync(TestOrganisation lender, string table) =>
        server.ScalarAsync<long>($"select count(*) from {table} where organisation_id = $1", lender.Id);
}
