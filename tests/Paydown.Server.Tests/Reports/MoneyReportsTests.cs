using System.Text;
using Npgsql;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Reports;

/// <summary>The reports of what moved in a period, which tie to the postings of the ledger.</summary>
public sealed class MoneyReportsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private const string Year = "from=2026-01-01";

    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("cash-received")]
    [InlineData("disbursements")]
    [InlineData("income")]
    [InlineData("collections-due")]
    [InlineData("general-ledger", "&account=LOAN_PRINCIPAL")]
    public async Task An_organisation_without_entries_has_no_rows(string name, string more = "")
    {
        var other = await server.AddOrganisationAsync();
        await other.PayAsync(await other.OpenLoanAsync(), 106_619, other.Today);
        var report = await lender.ReportAsync($"{name}?{Year}{more}");
        report.Rows.ShouldBeEmpty();
        if (name != "collections-due")
            report.ShouldTie();
    }

    [Fact]
    public async Task Cash_is_shown_by_value_date_and_method_and_a_reversal_on_its_day()
    {
        var loan = await lender.OpenLoanAsync();
        var day = loan.DisbursedOn!.Value.AddMonths(1);
        await lender.PayAsync(loan, 106_619, day);
        await lender.PayAsync(loan, 50_000, day, "CASH");
        await lender.PayAsync(loan, 10_000, day, "CASH");
        await lender.ReverseAsync(loan, 20_000);

        var report = await lender.ReportAsync($"cash-received?{Year}");
        report.ShouldTie();
        report.Totals.Money("net").ShouldBe(1_666.19m);
        var cash = report.Row("method", "CASH");
        cash.Text("date").ShouldBe($"{day:yyyy-MM-dd}");
        cash.Money("payments").ShouldBe(2);
        cash.Money("received").ShouldBe(600m);
        var today = report.Rows.Single(row => row.Text("date") == $"{lender.Today:yyyy-MM-dd}");
        today.Money("received").ShouldBe(200m);
        today.Money("reversed").ShouldBe(-200m);
        today.Money("net").ShouldBe(0m);

        // As known on the day of the payout, nothing was paid.
        var then = await lender.ReportAsync($"cash-received?{Year}&to={day:yyyy-MM-dd}&known=THEN");
        then.Rows.ShouldBeEmpty();
        then.ShouldTie();
        (await lender.Cashier.GetAsync($"admin/reports/cash-received?{Year}")).ShouldSucceed();
        var csv = Encoding.UTF8.GetString((await lender.ReportFileAsync($"cash-received?{Year}&format=csv")).Bytes);
        csv.ShouldContain($"\r\n{lender.Today:yyyy-MM-dd},BANK_TRANSFER,1,200.00,-200.00,0.00,0.00,0.00,0.00,0.00\r\n");
    }

    [Fact]
    public async Task Disbursements_show_the_principal_the_fees_and_what_the_wallet_received()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.TakeOverLoanAsync();
        var report = await lender.ReportAsync($"disbursements?{Year}");
        report.ShouldTie();
        report.Totals.Money("payouts").ShouldBe(2);
        report.Totals.Money("gross").ShouldBe(24_000m);
        var own = report.Row("product", loan.ProductName);
        own.Text("date").ShouldBe($"{loan.DisbursedOn:yyyy-MM-dd}");
        own.Money("gross").ShouldBe(own.Money("toWallet") + own.Money("feesKept"));
        report.Row("product", "Legacy Loan").Money("elsewhere").ShouldBe(12_000m);
        var other = await lender.ReportAsync($"disbursements?{Year}&product=Legacy%20Loan");
        other.Totals.Money("gross").ShouldBe(12_000m);
    }

    [Fact]
    public async Task Income_is_accrued_when_it_is_charged_and_received_when_it_is_paid()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(1));
        await ChargeAsync(loan.Id.Value, 12.5m);
        var owed = await lender.ReportAsync($"income?{Year}");
        owed.ShouldTie();
        owed.Row("account", "INTEREST_INCOME").Money("accrued").ShouldBe(120m);
        owed.Row("account", "INTEREST_INCOME").Money("received").ShouldBe(120m);
        owed.Row("account", "FEE_INCOME").Money("accrued").ShouldBe(12.5m);
        owed.Row("account", "FEE_INCOME").Money("received").ShouldBe(0m);

        await lender.AgreeAsync($"admin/loans/{loan.Id}/write-off", new { reason = "Because" });
        await lender.PayAsync(loan, 10_000, lender.Today);
        var lost = await lender.ReportAsync($"income?{Year}");
        lost.ShouldTie();
        lost.Row("account", "FEE_INCOME").Money("received").ShouldBe(0m);
        lost.Row("account", "RECOVERY_INCOME").Money("accrued").ShouldBe(100m);
        lost.Row("account", "RECOVERY_INCOME").Money("received").ShouldBe(100m);
    }

    [Fact]
    public async Task The_general_ledger_leads_from_an_account_to_entry_and_loan()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(1));
        await lender.ReverseAsync(loan, 20_000);
        var from = loan.DisbursedOn.Value.AddDays(1);
        var report = await lender.ReportAsync($"general-ledger?account=LOAN_PRINCIPAL&from={from:yyyy-MM-dd}");
        report.ShouldTie();
        report.Rows[0].Text("narration").ShouldBe("Opening balance");
        report.Rows[0].Money("balance").ShouldBe(12_000m);
        report.Rows[1].Text("kind").ShouldBe("REPAYMENT_VERIFIED");
        report.Rows[1].Text("accountId").ShouldBe($"{loan.Id}");
        report.Rows[1].Money("balance").ShouldBe(11_053.81m);
        Guid.TryParse(report.Rows[1].Text("entryId"), out _).ShouldBeTrue();
        var trial = await lender.ReportAsync($"trial-balance?from={from:yyyy-MM-dd}");
        report.Rows[^1].Money("balance").ShouldBe(trial.Row("account", "LOAN_PRINCIPAL").Money("closingBalance"));
        (await lender.Manager.GetAsync("admin/reports/general-ledger")).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Collections_due_show_what_was_paid_in_time_and_late_and_what_is_expected()
    {
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 70 });
        var first = loan.DisbursedOn!.Value.AddDays(30);
        await lender.PayAsync(loan, 60_00, first);
        await lender.PayAsync(loan, 30_00, first.AddDays(5));
        var ahead = first.AddDays(60);
        var report = await lender.ReportAsync($"collections-due?from={first:yyyy-MM-dd}&to={ahead:yyyy-MM-dd}");
        report
            .Rows.Select(row => row.Text("date"))
            .ShouldBe([$"{first:yyyy-MM-dd}", $"{first.AddDays(30):yyyy-MM-dd}", $"{ahead:yyyy-MM-dd}"]);
        var due = report.Rows[0];
        (due.Money("due"), due.Money("paid"), due.Money("late"), due.Money("expected")).ShouldBe((100m, 60m, 30m, 10m));
        due.Money("rate").ShouldBe(0.9m);
        report.Totals.Money("rate").ShouldBe(0.3m);
        (await lender.Cashier.GetAsync("admin/reports/collections-due")).ShouldSucceed();
    }

    [Fact]
    public async Task Ten_thousand_rows_are_streamed()
    {
        const int Count = 10_000;
        await using (var connection = await server.Database.OpenConnectionAsync())
        {
            await using var insert = new NpgsqlCommand(
                """
                insert into journal_entry (customer_id, id, organisation_id, subject_id, recorded_at, effective_on,
                                           kind, currency_code, ledger_accounts, amounts)
                select $1, gen_random_uuid(), $1, gen_random_uuid(), $2, $3, 'BANK_CHARGED', 'NGN',
                       '{5030, 1020}', '{100, -100}'
                from generate_series(1, $4)
                """,
                connection
            )
            {
                Parameters = { Sql.Value(lender.Id), Sql.Value(server.Now), Sql.Value(lender.Today), Sql.Value(Count) },
            };
            await insert.ExecuteNonQueryAsync();
        }

        var report = await lender.ReportAsync("general-ledger?account=BANK_CHARGES");
        report.ShouldTie();
        report.Rows.Count.ShouldBe(Count + 1);
        report.Totals.Money("amount").ShouldBe(10_000m);
        var csv = await lender.ReportFileAsync("general-ledger?account=BANK_CHARGES&format=csv");
        Encoding.UTF8.GetString(csv.Bytes).Split("\r\n").Length.ShouldBe(Count + 3);
        (
            await lender.ReportFileAsync("general-ledger?account=BANK_CHARGES&format=xlsx")
        ).Bytes.Length.ShouldBeGreaterThan(100_000);
    }

    private async Task ChargeAsync(Guid loanId, decimal amount) =>
        (
            await lender.Manager.PostAsync(
                $"admin/loans/{loanId}/charges",
                new
                {
                    kind = "FEE",
                    amount,
                    dueDate = $"{lender.Today:yyyy-MM-dd}",
                }
            )
        ).ShouldSucceed();
}
