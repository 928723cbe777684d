using Paydown.Client;
using Paydown.Lending.Identifiers;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Client;
using Paydown.Server.Tests.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Reports;

/// <summary>The statement of a loan, money that waits, and reports by the client and the command.</summary>
public sealed class StatementReportsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_statement_shows_each_event_and_the_balance_after_it()
    {
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 50, PaidMinor = 30_00 });
        await lender.PayAsync(loan, 70_00, loan.DisbursedOn!.Value.AddDays(20));
        await lender.ReverseAsync(loan, 10_00);

        var report = await lender.ReportAsync($"loan-statement?accountId={loan.Id}");
        report.ShouldTie();
        report.Rows.Select(row => row.Text("kind")).ShouldBe(["DISBURSEMENT", "REPAYMENT", "REPAYMENT", "REPAYMENT"]);
        report.Rows.Select(row => row.Text("state")).ShouldBe(["COUNTS", "COUNTS", "COUNTS", "REVERSED"]);
        report.Rows.Select(row => row.MoneyOrNull("balance")).ShouldBe([1_200m, 1_170m, 1_100m, null]);

        // The second payment was recorded only today.
        var day = loan.DisbursedOn.Value.AddDays(30);
        var then = await lender.ReportAsync($"loan-statement?accountId={loan.Id}&known=THEN&asOf={day:yyyy-MM-dd}");
        then.Rows.Count.ShouldBe(2);
        then.ShouldTie();
        var now = await lender.ReportAsync($"loan-statement?accountId={loan.Id}&asOf={day:yyyy-MM-dd}");
        now.Rows.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_loan_of_another_lender_is_not_found()
    {
        var other = await server.AddOrganisationAsync();
        var loan = await other.AddLoanAsync(other.Customer);
        var unknown = (
            await lender.Manager.GetAsync($"admin/reports/loan-statement?accountId={server.Ids.Next<LoanId>()}")
        ).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Manager.GetAsync($"admin/reports/loan-statement?accountId={loan.Id}"))
            .ShouldBeRefused(404, "NOT_FOUND")
            .Body.ShouldBe(unknown.Body);
    }

    [Fact]
    public async Task Money_that_waits_is_shown_with_its_age()
    {
        (await lender.ReportAsync("unmatched-money")).Rows.ShouldBeEmpty();
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 50 });
        await lender.ReportAsync(loan, 25_00, lender.Today);
        await lender.Cashier.UploadAsync(
            "admin/bank-statements?fileName=test.xml",
            new TestStatement(lender.Today.AddDays(-3), new TestEntry(150.25m, Text: "Thanks")).ToFile()
        );

        var report = await lender.ReportAsync("unmatched-money");
        report.ShouldTie();
        report.Totals.Money("unidentified").ShouldBe(150.25m);
        report.Totals.Money("reported").ShouldBe(25m);
        report.Row("kind", "BANK_ENTRY").Money("age").ShouldBe(3);
        report.Row("kind", "REPORTED_REPAYMENT").Money("age").ShouldBe(0);
        (await lender.Manager.GetAsync("admin/reports/unmatched-money?asOf=2026-01-01")).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
    }

    [Fact]
    public async Task The_client_reads_reports_and_downloads_files()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        (await manager.Reports.ListAsync()).Select(one => one.Name).ShouldContain("portfolio");
        var report = await manager.Reports.GetAsync("portfolio", new ReportQuery { AsOf = server.Today });
        report.AsOf.ShouldBe(server.Today);
        report.Columns[0].Type.ShouldBe(ReportCell.Text);
        report.Ties.ShouldAllBe(tie => tie.Reported == tie.Ledger);
        using var file = new MemoryStream();
        var name = await manager.Reports.DownloadAsync("income", ReportFormat.Xlsx, file);
        name.ShouldStartWith("income-");
        file.Length.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task An_operator_writes_a_report_to_the_terminal_or_to_a_file()
    {
        await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 50 });
        var table = await RunAsync("portfolio", "--as-of", $"{lender.Today:yyyy-MM-dd}", "--known-then");
        table.Error.ShouldBe("");
        table.ExitCode.ShouldBe(0);
        table.Output.ShouldContain("portfolio, as of");
        table.Output.ShouldContain("1200.00");
        table.Output.ShouldContain("Outstanding principal and LOAN_PRINCIPAL: 1200.00 NGN and 1200.00 NGN");

        var folder = Directory.CreateTempSubdirectory("paydown-report-");
        try
        {
            foreach (var ending in new[] { "csv", "json", "xlsx", "table" })
            {
                var path = Path.Combine(folder.FullName, $"ageing.{ending}");
                (await RunAsync("ageing", "--output", path)).ExitCode.ShouldBe(0);
                new FileInfo(path).Length.ShouldBeGreaterThan(100);
            }

            folder.GetFiles().Length.ShouldBe(4);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        (await RunAsync("horoscope")).Error.ShouldContain("There is no report horoscope.");
        (await RunAsync("portfolio", "--from", "2026-01-01")).Error.ShouldContain("is not a parameter of portfolio");
        (await RunAsync("portfolio", "--format", "xlsx")).Error.ShouldContain("--output");
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            ["report", .. arguments, "--organisation", lender.Id.ToString(), "--database", server.ConnectionString],
            output,
            error
        );
        return (exitCode, output.ToString(), error.ToString());
    }
}
