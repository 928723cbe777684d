using System.Text.Json.Nodes;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.EndOfDay;

/// <summary>
/// Interest in suspense and the allowance for losses, through the ends of days. 12,000.00 at 12 % over 12 months; the
/// audit checks all books after each test.
/// </summary>
public sealed class NonAccrualTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task Interest_of_a_loan_that_is_long_past_due_waits_in_suspense_until_it_is_paid()
    {
        await lender.FollowAsync("DAILY");
        await lender.ChangePolicyAsync(new() { ["nonAccrualAfterDays"] = 30 });
        var loan = await OpenAsync(lender);
        var firstDueOn = loan.DisbursedOn!.Value.AddMonths(1);
        server.Clock.AdvanceDays(firstDueOn.DayNumber - server.Today.DayNumber + 30);
        await server.EndDayAsync(lender);
        (await server.LedgerAsync(lender)).ShouldNotContainKey("INTEREST_IN_SUSPENSE");

        server.Clock.AdvanceDays(10);
        await server.EndDayAsync(lender);
        var shown = await AccruedAsync(loan);
        var books = await server.LedgerAsync(lender);
        shown.GetProperty("nonAccrualAfter").GetString().ShouldBe($"{firstDueOn.AddDays(30):yyyy-MM-dd}");
        Minor(shown, "inSuspense").ShouldBe(-books["INTEREST_IN_SUSPENSE"]);
        Minor(shown, "unpaid").ShouldBe(books["INTEREST_RECEIVABLE"]);
        (await lender.ReadAsync(loan)).Standing.Accrued!.Value.Suspended.MinorUnits.ShouldBeGreaterThan(0);

        await lender.PayAsync(loan, 2_200_00, server.Today);
        books = await server.LedgerAsync(lender);
        books.ShouldNotContainKey("INTEREST_IN_SUSPENSE");
        await server.EndDayAsync(lender);
        (await server.LedgerAsync(lender)).ShouldBe(books, ignoreOrder: true);
    }

    [Fact]
    public async Task Missed_days_and_a_backdated_payment_leave_the_books_of_daily_runs()
    {
        var other = await server.AddOrganisationAsync();
        foreach (var each in (TestOrganisation[])[lender, other])
        {
            await each.FollowAsync("MONTHLY");
            await each.ChangePolicyAsync(
                new() { ["nonAccrualAfterDays"] = 20, ["provisionRates"] = new JsonArray(1, 5, 20, 50, 75, 100) }
            );
        }

        var (daily, late) = (await OpenAsync(lender), await OpenAsync(other));
        await server.EndDayAsync(lender);
        await server.EndDayAsync(other);
        for (var day = 0; day < 100; day++)
        {
            server.Clock.AdvanceDays(1);
            await server.EndDayAsync(lender);
        }

        await server.EndDayAsync(other);
        (await server.LedgerAsync(other)).ShouldBe(await server.LedgerAsync(lender), ignoreOrder: true);
        (await EntriesAsync(other)).ShouldBe(await EntriesAsync(lender));
        (await server.LedgerAsync(lender)).Keys.ShouldContain("INTEREST_IN_SUSPENSE");
        foreach (var (each, loan) in ((TestOrganisation, StoredLoan)[])[(lender, daily), (other, late)])
            await each.PayAsync(loan, 1_066_19, server.Today.AddDays(-60));
        (await server.LedgerAsync(other)).ShouldBe(await server.LedgerAsync(lender), ignoreOrder: true);
    }

    [Fact]
    public async Task Another_policy_books_its_difference_at_the_next_end_of_day()
    {
        await lender.FollowAsync("MONTHLY");
        var loan = await OpenAsync(lender);
        server.Clock.AdvanceDays(75);
        await server.EndDayAsync(lender);
        (await server.LedgerAsync(lender)).ShouldNotContainKey("INTEREST_IN_SUSPENSE");
        await lender.ChangePolicyAsync(new() { ["nonAccrualAfterDays"] = 10, ["buckets"] = new JsonArray(10, 20) });
        await server.EndDayAsync(lender);
        (await server.LedgerAsync(lender))["INTEREST_IN_SUSPENSE"].ShouldBeLessThan(0);
        (await lender.ReadAsync(loan)).Standing.Bucket.ShouldBe(3);
        await lender.ChangePolicyAsync(new() { ["nonAccrualAfterDays"] = null });
        await server.EndDayAsync(lender);
        (await server.LedgerAsync(lender)).ShouldNotContainKey("INTEREST_IN_SUSPENSE");
    }

    [Fact]
    public async Task A_month_end_sets_aside_what_may_be_lost_and_a_write_off_takes_it_first()
    {
        await lender.ChangePolicyAsync(new() { ["provisionRates"] = new JsonArray(1, 10, 25, 50, 75, 100) });
        var loan = await OpenAsync(lender);
        await server.EndDayAsync(lender);
        await ToMonthEndAsync();
        // 1 % of the principal; interest is recognised when it is paid.
        await ShouldHaveSetAsideAsync(120_00, used: 0);
        do await ToMonthEndAsync();
        while ((await lender.ReadAsync(loan)).Standing.Bucket < 2);
        await ShouldHaveSetAsideAsync(3_000_00, used: 0);

        await WriteOffAsync(loan);
        await ShouldHaveSetAsideAsync(0, used: 3_000_00);
        (await server.LedgerAsync(lender))["WRITE_OFF_EXPENSE"].ShouldBe(9_000_00);

        await UndoLastActAsync(loan);
        await ShouldHaveSetAsideAsync(3_000_00, used: 0);
        (await server.LedgerAsync(lender)).ShouldNotContainKey("WRITE_OFF_EXPENSE");

        // A loan that is repaid needs nothing; without rates nobody does.
        await lender.PayAsync(loan, 11_000_00, server.Today);
        await lender.ChangePolicyAsync(new() { ["provisionRates"] = null });
        await server.EndDayAsync(lender);
        (await server.LedgerAsync(lender)).Keys.ShouldNotContain("LOAN_LOSS_ALLOWANCE");
    }

    [Fact]
    public async Task Without_rates_the_rest_is_released_and_what_a_write_off_has_used_is_not_forgotten()
    {
        await lender.ChangePolicyAsync(new() { ["provisionRates"] = new JsonArray(100, 100, 100, 100, 100, 100) });
        var loan = await OpenAsync(lender);
        await server.EndDayAsync(lender);
        await ToMonthEndAsync();
        // More is set aside than is lost.
        await lender.PayAsync(loan, 5_000_00, server.Today);
        await WriteOffAsync(loan);
        var left = -(await server.LedgerAsync(lender))["LOAN_LOSS_ALLOWANCE"];
        var used = 12_000_00 - left;
        left.ShouldBeGreaterThan(0);
        await ShouldHaveSetAsideAsync(left, used);

        await lender.ChangePolicyAsync(new() { ["provisionRates"] = null });
        await ToMonthEndAsync();
        await ShouldHaveSetAsideAsync(0, used);
        await server.ShouldAuditCleanAsync();
        await UndoLastActAsync(loan);
        await ShouldHaveSetAsideAsync(used, used: 0);
        await ToMonthEndAsync();
        await ShouldHaveSetAsideAsync(0, used: 0);
    }

    private async Task ShouldHaveSetAsideAsync(long allowance, long used)
    {
        var books = await server.LedgerAsync(lender);
        books.GetValueOrDefault("LOAN_LOSS_ALLOWANCE").ShouldBe(-allowance);
        books.GetValueOrDefault("PROVISION_EXPENSE").ShouldBe(allowance + used);
    }

    private async Task WriteOffAsync(StoredLoan loan) =>
        (
            await lender.Manager.PutAsync($"admin/loans/{loan.Id}/write-off", new { reason = "Gone away" })
        ).ShouldSucceed();

    private async Task UndoLastActAsync(StoredLoan loan)
    {
        var acts = (await lender.Manager.GetAsync($"admin/loans/{loan.Id}/acts")).ShouldSucceed();
        var id = acts.EnumerateArray().First().GetProperty("id").GetGuid();
        (
            await lender.Manager.PutAsync($"admin/loans/{loan.Id}/acts/{id}/undo", new { reason = "Came back" })
        ).ShouldSucceed();
    }

    private async Task ToMonthEndAsync()
    {
        var next = server.Today.AddDays(1);
        var end = new DateOnly(next.Year, next.Month, DateTime.DaysInMonth(next.Year, next.Month));
        server.Clock.AdvanceDays(end.DayNumber - server.Today.DayNumber);
        await server.EndDayAsync(lender);
    }

    private async Task<StoredLoan> OpenAsync(TestOrganisation organisation) =>
        await organisation.OpenLoanAsync(
            await organisation.AddCustomerAsync(),
            organisation.Terms with
            {
                SubmittedOn = server.Today,
            }
        );

    private async Task<System.Text.Json.JsonElement> AccruedAsync(StoredLoan loan) =>
        (await lender.Manager.GetAsync($"admin/loans/{loan.Id}/accrued-interest")).ShouldSucceed();

    private static long Minor(System.Text.Json.JsonElement shown, string name) =>
        (long)(shown.GetProperty(name).GetDecimal() * 100);

    private async Task<List<string>> EntriesAsync(TestOrganisation organisation)
    {
        await using var command = server.Database.CreateCommand(
            """
            select effective_on || ' ' || kind || ' ' || ledger_accounts::text || ' ' || amounts::text
            from journal_entry where organisation_id = $1 and account_id is not null order by 1
            """
        );
        command.Parameters.Add(Paydown.Server.Platform.Storage.Sql.Value(organisation.Id));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
