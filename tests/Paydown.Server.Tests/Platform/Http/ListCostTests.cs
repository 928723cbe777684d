using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Paydown.Bench;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

/// <summary>
/// The cost of a page depends only on its records. PostgreSQL reports how many rows each list reads, for a lender with
/// 20,000 rows of everything.
/// </summary>
public sealed class ListCostTests(TestCluster cluster) : IAsyncLifetime
{
    private const int Rows = 20_000;

    // Up to 1,001 counted records, each with the row that decides if it is in the list.
    private const long CountedRowsMax = 6_500;

    // The 11 records of a page with the rows that they show, and rows that a filter skips.
    private const long PageRowsMax = 1_000;

    private static readonly string[] Filters =
    [
        "admin/repayments/list",
        "admin/repayments/list?status=PENDING_VERIFICATION",
        "admin/repayments/list?status=PENDING_VERIFICATION&order=OLDEST_FIRST",
        "admin/repayments/list?status=VERIFIED",
        "admin/repayments/list?status=REJECTED",
        "admin/repayments/list?amount=12.34",
        "admin/repayments/list?amount=12.40&status=PENDING_VERIFICATION",
        "admin/repayments/list?amount=99999",
        $"admin/repayments/list?customerId={ListRows.UsualCustomerId}",
        $"admin/repayments/list?accountId={ListRows.LoanId}",
        $"admin/repayments/list?loanApplicationId={ListRows.ApplicationId}",
        $"admin/repayments/list?reference={ListRows.Reference}",
        "admin/repayments/list?reference=loan+500",
        "admin/repayments/list?reference=nothing",
        "admin/repayments/list?bankAccountNumber=0000000001",
        "admin/repayments/list?search=c77@bench",
        "admin/repayments/list?endDate=2020-01-01",
        "admin/repayments/list?status=VERIFIED&startDate=2099-01-01",
        "admin/unconfirmed-repayments",
        "admin/payer-returns",
        "admin/customers",
        "admin/customers?search=ada",
        "admin/customers?search=c77@bench",
        "admin/customers?search=nobody-at-all",
        "admin/loans",
        "admin/loans?order=EARLIEST_DUE_FIRST",
        "admin/loans?overdueDays=1",
        "admin/loans?overdueDays=30000",
        "admin/loans?overdueDays=1&order=EARLIEST_DUE_FIRST",
        "admin/loans?state=CLOSED",
        "admin/loans?state=WRITTEN_OFF&order=EARLIEST_DUE_FIRST",
        "admin/loans?state=WRITTEN_OFF&product=Salary+Loan",
        "admin/loans?product=Nothing",
        "admin/loans?product=Nothing&order=EARLIEST_DUE_FIRST",
        "admin/loans?product=Salary+Loan&state=ACTIVE",
        "admin/loans?search=c77@bench",
        $"admin/loans?search={ListRows.Reference}",
        $"admin/loans?search={ListRows.LoanId}",
        $"admin/loans?search={ListRows.ApplicationId}&state=ACTIVE&overdueDays=1&order=EARLIEST_DUE_FIRST",
        "admin/loan-applications",
        "admin/loan-applications?status=REQUESTED",
        "admin/loan-applications?status=OFFER_SENT",
        "admin/loan-applications?status=EXPIRED",
        "admin/loan-applications?status=DISBURSED",
        "admin/loan-applications?status=PAID_OFF",
        "admin/loan-applications?status=WITHDRAWN",
        "admin/audit",
        "admin/audit?action=WAIVED",
        "admin/audit?action=NOTHING",
        $"admin/audit?actorId={ListRows.UsualCustomerId}",
        $"admin/audit?subjectId={ListRows.LoanId}",
        "admin/audit?to=2020-01-01",
        "admin/api-tokens",
        "admin/loan-products",
        $"user/list-customer-repayments/{ListRows.CustomerId}?page=1",
        $"user/list-customer-repayments/{ListRows.CustomerId}?status=VERIFIED&page=1",
        $"user/wallet-history/{ListRows.CustomerId}",
        $"user/transfer-history/{ListRows.CustomerId}",
        $"user/get-loan-history/{ListRows.BorrowerId}",
        $"user/repaid-transactions/{ListRows.CustomerId}?page=1",
    ];

    private TestServer server = null!;
    private TestUser client = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database))
        {
            await using var connection = await source.OpenConnectionAsync();
            await new ListRows(connection, Rows).AddAsync(DemoProducts.Salary);
        }

        // The superuser, because only it may have statements explained in the log.
        var explained = new NpgsqlConnectionStringBuilder(cluster.AdministratorConnectionString)
        {
            Database = new NpgsqlConnectionStringBuilder(database).Database,
            // Only the number of rows counts, not how busy the machine is.
            CommandTimeout = 60,
            Options =
                "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 "
                + "-c auto_explain.log_analyze=on -c auto_explain.log_timing=off "
                + "-c auto_explain.log_format=json",
        };
        server = await TestServer.StartAsync(
            cluster,
            options => options with { ConnectionString = explained.ConnectionString, Time = TimeProvider.System }
        );
        var manager = new Caller(ListRows.ManagerId, ListRows.OrganisationId, Role.Manager, default);
        client = server.UserOf(manager);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_page_and_its_count_read_few_rows_however_many_the_list_has()
    {
        var costs = new List<string>();
        foreach (var path in Filters)
        {
            var sized = $"{path}{(path.Contains('?') ? '&' : '?')}size=10";
            var (first, cost) = await ReadAsync(sized);
            first.Status.ShouldBe(200, path);
            if (cost.Counted > CountedRowsMax)
                costs.Add($"{path}: the count reads {cost.Counted} rows");
            if (cost.Listed > PageRowsMax)
                costs.Add($"{path}: the first page reads {cost.Listed} rows");
            if (!first.Json.GetProperty("page").TryGetProperty("next", out var next))
                continue;
            first.Data.GetArrayLength().ShouldBe(10, path);
            var (second, behind) = await ReadAsync($"{sized}&after={next.GetString()}");
            second.ShouldSucceed();
            behind.Counted.ShouldBe(0, path);
            if (behind.Listed > PageRowsMax)
                costs.Add($"{path}: the next page reads {behind.Listed} rows");
        }

        costs.ShouldBeEmpty();
    }

    private async Task<(Reply Answer, (long Counted, long Listed) Cost)> ReadAsync(string path)
    {
        var before = new FileInfo(cluster.LogPath).Length;
        var answer = await client.GetAsync(path);
        await using var stream = new FileStream(cluster.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = before;
        using var reader = new StreamReader(stream);
        var (counted, listed) = (0L, 0L);
        var plans = PlansOf(await reader.ReadToEndAsync()).ToList();
        foreach (var (isCount, rows) in plans)
        {
            if (isCount)
                counted += rows;
            else
                listed += rows;
        }

        plans.ShouldNotBeEmpty(path);
        return (answer, (counted, listed));
    }

    // The log has a plan as JSON, in lines that begin with a tab.
    private static IEnumerable<(bool IsCount, long Rows)> PlansOf(string log)
    {
        foreach (var part in log.Split("  plan:\n").Skip(1))
        {
            var json = string.Join('\n', part.Split('\n').TakeWhile(line => line.StartsWith('\t')));
            using var document = JsonDocument.Parse(json);
            var query = document.RootElement.GetProperty("Query Text").GetString()!;
            yield return (
                query.StartsWith("select count(*)", StringComparison.Ordinal),
                RowsOf(document.RootElement.GetProperty("Plan"))
            );
        }
    }

    // The rows that the scans of a plan read, including filtered ones.
    private static long RowsOf(JsonElement plan)
    {
        var rows = 0L;
        if (plan.GetProperty("Node Type").GetString()!.Contains("Scan", StringComparison.Ordinal))
        {
            var each =
                Number(plan, "Actual Rows")
                + Number(plan, "Rows Removed by Filter")
                + Number(plan, "Rows Removed by Index Recheck");
            rows += each * Number(plan, "Actual Loops");
        }

        if (!plan.TryGetProperty("Plans", out var children))
            return rows;
        foreach (var child in children.EnumerateArray())
            rows += RowsOf(child);
        return rows;
    }

    private static long Number(JsonElement plan, string name) =>
        plan.TryGetProperty(name, out var value) ? (long)value.GetDouble() : 0;
}
