using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Reports;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Reports;

/// <summary>What every report has: its head, its formats, its parameters and who may read it.</summary>
public sealed class ReportFrameTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_report_states_its_definition_its_days_and_when_it_was_computed()
    {
        var report = (await lender.Manager.GetAsync("admin/reports/trial-balance?from=2026-05-01")).ShouldSucceed();
        report.GetProperty("definition").GetString()!.ShouldContain("add up to zero");
        report.GetProperty("from").GetString().ShouldBe("2026-05-01");
        report.GetProperty("to").GetString().ShouldBe($"{lender.Today:yyyy-MM-dd}");
        report.GetProperty("asOf").ValueKind.ShouldBe(JsonValueKind.Null);
        report.GetProperty("known").GetString().ShouldBe("NOW");
        report.GetProperty("currencyCode").GetString().ShouldBe("NGN");
        report.GetProperty("computedAt").GetDateTimeOffset().ShouldBe(server.Now, TimeSpan.FromMinutes(5));
        report.GetProperty("columns")[3].GetProperty("type").GetString().ShouldBe("MONEY");
    }

    [Fact]
    public async Task The_reports_are_listed_with_their_parameters()
    {
        var all = (await lender.Manager.GetAsync("admin/reports")).ShouldSucceed().EnumerateArray().ToList();
        var names = all.Select(one => one.GetProperty("name").GetString()!).ToList();
        names.ShouldContain("trial-balance");
        names.ShouldBeUnique();
        all.ShouldAllBe(one => one.GetProperty("definition").GetString()!.EndsWith('.'));
        all.ShouldAllBe(one => one.GetProperty("columns").GetArrayLength() > 1);
    }

    [Theory]
    [InlineData("trial-balance?from=2026-06-02&to=2026-06-01", "from")]
    [InlineData("trial-balance?to=2026-06-16", "to")]
    [InlineData("trial-balance?from=2001-01-01", "from")]
    [InlineData("trial-balance?asOf=2026-06-01", "asOf")]
    [InlineData("trial-balance?product=Salary", "product")]
    [InlineData("trial-balance?format=pdf", "format")]
    [InlineData("trial-balance?known=TOMORROW", "known")]
    public async Task A_wrong_parameter_is_refused_by_its_name(string path, string field)
    {
        var refused = (await lender.Manager.GetAsync($"admin/reports/{path}")).ShouldBeRefused(422, "VALIDATION_ERROR");
        refused.Json.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task An_unknown_report_is_not_found() =>
        (await lender.Manager.GetAsync("admin/reports/horoscope")).ShouldBeRefused(404, "NOT_FOUND");

    [Fact]
    public async Task Only_those_who_may_read_a_report_get_it()
    {
        (await lender.Cashier.GetAsync("admin/reports/trial-balance")).ShouldBeRefused(403, "FORBIDDEN");
        (await lender.Customer.GetAsync("admin/reports/trial-balance")).ShouldBeRefused(403, "FORBIDDEN");
        var listed = (await lender.Cashier.GetAsync("admin/reports")).ShouldSucceed().EnumerateArray();
        listed.ShouldAllBe(one => one.GetProperty("name").GetString() != "trial-balance");
        var (_, token) = await lender.AddApiTokenAsync(Scopes.LedgerRead);
        (await server.HolderOf(token).GetAsync("admin/reports/trial-balance")).ShouldSucceed();
    }

    [Fact]
    public async Task The_trial_balance_of_a_period_adds_up_and_knows_another_lender_nothing()
    {
        var loan = await lender.OpenLoanAsync();
        var day = loan.DisbursedOn!.Value.AddMonths(1);
        await lender.PayAsync(loan, 106_619, day);

        // The payment is recorded today, on its value date in April.
        var now = await lender.ReportAsync($"trial-balance?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}");
        now.Row("account", "LOAN_PRINCIPAL").Money("openingBalance").ShouldBe(12_000m);
        now.Row("account", "LOAN_PRINCIPAL").Money("credits").ShouldBe(946.19m);
        now.Row("account", "LOAN_PRINCIPAL").Money("closingBalance").ShouldBe(11_053.81m);
        now.ShouldTie();
        var then = await lender.ReportAsync($"trial-balance?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}&known=THEN");
        then.Row("account", "LOAN_PRINCIPAL").Money("closingBalance").ShouldBe(12_000m);
        then.Totals.Money("debits").ShouldBe(0m);

        var other = await server.AddOrganisationAsync();
        (await other.ReportAsync("trial-balance?from=2026-01-01")).Totals.Money("debits").ShouldBe(0m);
    }

    [Fact]
    public async Task A_csv_file_has_a_mark_lines_with_CRLF_and_amounts_with_a_point()
    {
        var loan = await lender.OpenLoanAsync();
        var file = await lender.ReportFileAsync($"trial-balance?from={loan.DisbursedOn:yyyy-MM-dd}&format=csv");
        file.ContentType.ShouldBe("text/csv; charset=utf-8");
        file.Name.ShouldBe($"trial-balance-{loan.DisbursedOn:yyyy-MM-dd}-{lender.Today:yyyy-MM-dd}.csv");
        file.Bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = Encoding.UTF8.GetString(file.Bytes[3..]).Split("\r\n");
        lines[0].ShouldBe("number,account,class,openingBalance,debits,credits,closingBalance");
        lines.ShouldContain("1110,LOAN_PRINCIPAL,ASSET,0.00,12000.00,0.00,12000.00");
        lines.ShouldContain("2020,CUSTOMER_WALLET,LIABILITY,0.00,0.00,12000.00,-12000.00");
        lines[^1].ShouldBe("");
    }

    [Fact]
    public async Task A_workbook_has_the_rows_as_numbers_and_a_sheet_about_them()
    {
        await lender.OpenLoanAsync();
        var file = await lender.ReportFileAsync("trial-balance?from=2026-01-01&format=xlsx");
        file.ContentType.ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        file.Name.ShouldEndWith(".xlsx");
        using var zip = new ZipArchive(new MemoryStream(file.Bytes));
        var rows = await XmlOfAsync(zip, "xl/worksheets/sheet1.xml");
        var values = rows.Descendants().Where(one => one.Name.LocalName == "v").Select(one => one.Value).ToList();
        values.ShouldContain("-12000");
        (await XmlOfAsync(zip, "xl/worksheets/sheet2.xml")).Value.ShouldContain("add up to zero");
    }

    [Fact]
    public void The_page_of_the_reports_has_each_with_its_definition_and_columns()
    {
        var page = Repository.Files("docs", ".md").Single(file => file.Path == "docs/reports.md").Text;
        var words = string.Join(' ', page.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        foreach (var report in ReportCatalogue.All)
        {
            words.ShouldContain($"## `{report.Name}` {report.Definition}");
            foreach (var column in report.Columns)
                words.ShouldContain(
                    $"| `{column.Name}` | {column.Type.ToString().ToLowerInvariant()} | {column.Description} |"
                );
        }
    }

    private static async Task<XElement> XmlOfAsync(ZipArchive zip, string name)
    {
        await using var stream = await zip.GetEntry(name)!.OpenAsync();
        return await XElement.LoadAsync(stream, LoadOptions.None, default);
    }
}
