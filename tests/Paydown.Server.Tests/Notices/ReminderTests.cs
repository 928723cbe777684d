using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.EndOfDay;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.EndOfDay;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Notices;

/// <summary>
/// Reminders of installments that fall due, through the ends of days: <c>admin/notice-rules/DUE_SOON</c>,
/// <c>DUE_TODAY</c> and <c>OVERDUE</c>. The audit checks all books after each test.
/// </summary>
public sealed class ReminderTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task A_customer_is_reminded_before_on_and_after_the_due_date_each_once()
    {
        await SwitchAllOnAsync();
        var loan = await OpenAsync();
        var dueOn = FirstDueOn(loan);
        await RunThroughAsync(dueOn.AddDays(31));
        (await RemindersAsync(loan)).ShouldBe(
            [
                $"{dueOn:MM-dd} -3",
                $"{dueOn:MM-dd} 0",
                $"{dueOn:MM-dd} 1",
                $"{dueOn:MM-dd} 7",
                $"{dueOn:MM-dd} 30",
                .. NextOf(dueOn, through: dueOn.AddDays(32)),
            ],
            ignoreOrder: true
        );
        var first = (await NoticesAsync()).First();
        first.Kind.ShouldBe("DUE_SOON");
        first.Subject.ShouldBe("A payment is due soon");
        first.Text.ShouldContain("NGN 1,066.19");
        first.Text.ShouldContain($"{dueOn:yyyy-MM-dd}");
        first.Text.ShouldContain("RF");
        first.Text.ShouldContain("account");
        first.Text.ShouldNotContain("{");

        var events = (await lender.EventsOfAsync(loan)).Where(one => one.Type.Name == "notice.due").ToList();
        var payload = JsonDocument.Parse(events[0].Payload).RootElement;
        payload.GetProperty("kind").GetString().ShouldBe("DUE_SOON");
        payload.GetProperty("amountDue").GetDecimal().ShouldBe(1066.19m);
        payload.GetProperty("days").GetInt32().ShouldBe(3);
        payload.GetProperty("noticeDate").GetString().ShouldBe($"{dueOn.AddDays(-3):yyyy-MM-dd}");
        events[0].Payload.ShouldNotContain("Ada");
    }

    [Fact]
    public async Task A_reminder_is_sent_on_its_own_day_and_a_run_that_is_repeated_writes_none_again()
    {
        await SwitchAllOnAsync();
        var loan = await OpenAsync();
        var dueOn = FirstDueOn(loan);
        await RunThroughAsync(dueOn.AddDays(-4));
        var count = await CountAsync();
        await server.EndDayAsync(lender);
        await server.EndDayAsync(lender);
        (await CountAsync()).ShouldBe(count);
        var date = await server.BusinessDateAsync(lender);
        (
            await server.ScalarAsync<DateTime>(
                "select max(next_at) from notice where organisation_id = $1",
                lender.Id.Value
            )
        ).ShouldBe(date.StartOf(dueOn.AddDays(-3)).UtcDateTime);
    }

    [Fact]
    public async Task Missed_days_leave_only_the_reminders_that_still_make_sense()
    {
        await SwitchAllOnAsync();
        var loan = await OpenAsync();
        var dueOn = FirstDueOn(loan);
        await RunThroughAsync(dueOn.AddDays(-10));
        server.Clock.AdvanceDays(19);
        await server.EndDayAsync(lender);
        (await RemindersAsync(loan)).ShouldBe([$"{dueOn:MM-dd} 7"]);
    }

    [Fact]
    public async Task What_is_reported_paid_paused_handed_over_or_written_off_is_not_reminded_of()
    {
        await SwitchAllOnAsync();
        var (reported, paid, paused, collected, lost, silent) = (
            await OpenAsync(),
            await OpenAsync(),
            await OpenAsync(),
            await OpenAsync(),
            await OpenAsync(),
            await OpenAsync()
        );
        var dueOn = FirstDueOn(paid);
        await RunThroughAsync(dueOn.AddDays(-5));
        var report = await lender.ReportAsync(reported, 1_066_19, server.Today);
        await lender.PayAsync(paid, 1_066_19, server.Today);
        await lender.HandOverAsync(collected, "Collectors Example");
        var pause = new
        {
            from = server.Today,
            through = dueOn.AddDays(5),
            reason = "Flood",
        };
        (await lender.Manager.PutAsync($"admin/loans/{paused.Id}/pause-arrears", pause)).ShouldSucceed();
        (await lender.Manager.PutAsync($"admin/loans/{lost.Id}/write-off", new { reason = "Gone" })).ShouldSucceed();
        await RunThroughAsync(dueOn.AddDays(2));
        foreach (var loan in (StoredLoan[])[reported, paid, paused, collected, lost])
            (await RemindersAsync(loan)).ShouldBeEmpty();
        (await RemindersAsync(silent)).Count.ShouldBe(3);

        // A report that is rejected covers nothing any more.
        (
            await lender.Cashier.PutAsync($"admin/repayments/{report}/reject", new { reason = "Nothing has arrived." })
        ).ShouldSucceed();
        await RunThroughAsync(dueOn.AddDays(6));
        (await RemindersAsync(reported)).ShouldBe([$"{dueOn:MM-dd} 7"]);
    }

    [Fact]
    public async Task A_rule_that_is_switched_on_or_moved_reaches_loans_that_are_open()
    {
        var loan = await OpenAsync();
        var dueOn = FirstDueOn(loan);
        await RunThroughAsync(dueOn.AddDays(-20));
        (await lender.ReadAsync(loan)).NextActionOn.ShouldBe(dueOn.AddDays(1));
        await SwitchAsync("DUE_SOON", new { isOn = true, days = new[] { 5, 10 } });
        await server.EndDayAsync(lender);
        (await lender.ReadAsync(loan)).NextActionOn.ShouldBe(dueOn.AddDays(-11));
        // Money does not lose the day, and a change of the agreement is looked at by the next run.
        await lender.PayAsync(loan, 10_00, server.Today);
        (await lender.ReadAsync(loan)).NextActionOn!.Value.ShouldBeLessThanOrEqualTo(dueOn.AddDays(-11));
        await RunThroughAsync(dueOn.AddDays(-2));
        (await RemindersAsync(loan)).ShouldBe([$"{dueOn:MM-dd} -10", $"{dueOn:MM-dd} -5"], ignoreOrder: true);
        await SwitchAsync("DUE_SOON", new { isOn = false });
        await RunThroughAsync(dueOn.AddDays(28));
        (await RemindersAsync(loan)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Runs_that_are_shared_or_interrupted_write_each_reminder_once()
    {
        await SwitchAllOnAsync();
        var loans = new List<StoredLoan>();
        for (var i = 0; i < 6; i++)
            loans.Add(await OpenAsync());
        var dueOn = FirstDueOn(loans[0]);
        await server.EndDayAsync(lender);
        server.Clock.AdvanceDays(dueOn.DayNumber - server.Today.DayNumber);
        using var stop = new CancellationTokenSource();
        var date = await server.BusinessDateAsync(lender);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            TestDays.RunOf(server, 2).RunAsync(date, server.Today, _ => stop.Cancel(), stop.Token)
        );
        await Task.WhenAll(
            TestDays.RunOf(server, 1).RunAsync(date, server.Today, null, default),
            TestDays.RunOf(server, 2).RunAsync(date, server.Today, null, default)
        );
        foreach (var loan in loans)
            (await RemindersAsync(loan)).ShouldBe([$"{dueOn:MM-dd} 1"]);
        (await CountAsync()).ShouldBe(6);
    }

    [Fact]
    public async Task A_customer_who_declines_a_reminder_gets_neither_an_email_nor_an_event()
    {
        await SwitchAllOnAsync();
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.OpenLoanAsync(customer, lender.Terms with { SubmittedOn = server.Today });
        var dueOn = FirstDueOn(loan);
        (
            await customer.PutAsync("user/notice-choices", new { declined = new[] { "DUE_SOON", "DUE_TODAY" } })
        ).ShouldSucceed();
        await RunThroughAsync(dueOn);
        (await NoticesAsync()).ShouldHaveSingleItem().Kind.ShouldBe("OVERDUE");
        (await lender.EventNamesOfAsync(loan)).Count(name => name == "notice.due").ShouldBe(1);
    }

    [Fact]
    public async Task Days_are_refused_that_are_out_of_order_or_of_another_kind()
    {
        foreach (
            var (kind, days) in new (string, int[])[]
            {
                ("OVERDUE", [7, 1]),
                ("OVERDUE", []),
                ("OVERDUE", [1, 1]),
                ("DUE_TODAY", [1]),
                ("LOAN_PAID_OFF", [1]),
                ("DUE_SOON", [0]),
                ("DUE_SOON", [367]),
            }
        )
        {
            (await lender.Manager.PutAsync($"admin/notice-rules/{kind}", new { isOn = true, days })).ShouldBeRefused(
                422,
                "VALIDATION_ERROR"
            );
        }

        var rules = (await lender.Manager.GetAsync("admin/notice-rules")).ShouldSucceed().EnumerateArray().ToList();
        var overdue = rules.Single(rule => rule.GetProperty("kind").GetString() == "OVERDUE");
        overdue.GetProperty("days").EnumerateArray().Select(day => day.GetInt32()).ShouldBe([1, 7, 30]);
        rules[0].GetProperty("days").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private async Task SwitchAllOnAsync()
    {
        foreach (var kind in (string[])["DUE_SOON", "DUE_TODAY", "OVERDUE"])
            await SwitchAsync(kind, new { isOn = true });
    }

    private async Task SwitchAsync(string kind, object rule) =>
        (await lender.Manager.PutAsync($"admin/notice-rules/{kind}", rule)).ShouldSucceed();

    private async Task<StoredLoan> OpenAsync() =>
        await lender.OpenLoanAsync(await lender.AddCustomerAsync(), lender.Terms with { SubmittedOn = server.Today });

    private DateOnly FirstDueOn(StoredLoan loan) => loan.Replay(server.Today).Installments[0].DueOn;

    // Those of the second installment.
    private static IEnumerable<string> NextOf(DateOnly dueOn, DateOnly through)
    {
        var next = dueOn.AddMonths(1);
        return new[] { -3, 0, 1 }.Where(days => next.AddDays(days) <= through).Select(days => $"{next:MM-dd} {days}");
    }

    // Ends each day, so that reminders of the day after the last one are written.
    private async Task RunThroughAsync(DateOnly last)
    {
        while (server.Today < last)
        {
            await server.EndDayAsync(lender);
            server.Clock.AdvanceDays(1);
        }

        await server.EndDayAsync(lender);
    }

    private Task<List<string>> RemindersAsync(StoredLoan loan) =>
        ListAsync(
            "select due_on, days from reminder where account_id = $1 order by recorded_at, due_on, days",
            loan.Id.Value,
            reader => $"{reader.Date("due_on"):MM-dd} {reader.Integer("days")}"
        );

    private Task<List<(string Kind, string Subject, string Text)>> NoticesAsync() =>
        ListAsync(
            "select kind, subject, text from notice where organisation_id = $1 order by id",
            lender.Id.Value,
            reader => (reader.Text("kind"), reader.Text("subject"), reader.Text("text"))
        );

    private Task<long> CountAsync() =>
        server.ScalarAsync<long>("select count(*) from notice where organisation_id = $1", lender.Id.Value);

    private async Task<List<T>> ListAsync<T>(string sql, Guid id, Func<NpgsqlDataReader, T> read)
    {
        await using var command = server.Database.CreateCommand(sql);
        command.Parameters.Add(Sql.Value(id));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
