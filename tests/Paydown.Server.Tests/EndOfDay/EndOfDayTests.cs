using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Commands;
using Paydown.Server.EndOfDay;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.EndOfDay;

/// <summary>
/// The end of the day, with a clock that the tests move. Each test has a lender of its own, and the audit checks all
/// books after it.
/// </summary>
public sealed class EndOfDayTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task Days_that_were_missed_are_booked_as_if_each_had_been_run_and_a_second_run_writes_nothing()
    {
        var late = await server.AddOrganisationAsync();
        foreach (var each in (TestOrganisation[])[lender, late])
        {
            await each.FollowAsync("DAILY");
            await LoansAsync(each);
        }

        for (var day = 0; day < 12; day++)
        {
            await RunAsync(lender);
            server.Clock.AdvanceDays(1);
        }

        server.Clock.AdvanceDays(-1);
        await RunAsync(late);
        (await EntriesAsync(late)).ShouldBe(await EntriesAsync(lender));
        (await EntriesAsync(late))
            .Count(entry => entry.Contains("INTEREST_ACCRUED", StringComparison.Ordinal))
            .ShouldBe(22);

        var before = await CountAsync();
        await RunAsync(late);
        (await CountAsync()).ShouldBe(before);
        (await BusinessDateAsync(late)).On.ShouldBe(server.Today.AddDays(1));
    }

    [Fact]
    public async Task Interest_that_was_accrued_is_not_recognised_again_when_it_is_paid()
    {
        await lender.FollowAsync("DAILY");
        var loan = await LoanAsync(lender);
        var days = server.Today.AddMonths(1).DayNumber - server.Today.DayNumber;
        var earned = (long)Math.Round(120_00m * 15 / days);
        server.Clock.AdvanceDays(15);
        await RunAsync(lender);
        (await BalancesAsync(lender)).ShouldBe([("INTEREST_INCOME", -earned), ("INTEREST_RECEIVABLE", earned)]);

        // A later payment accrues until its own date, and one that comes late is adjusted by the difference.
        server.Clock.AdvanceDays(days - 15);
        await lender.PayAsync(loan, 1_066_19, server.Today);
        (await BalancesAsync(lender)).ShouldBe([("INTEREST_INCOME", -120_00)]);
        server.Clock.AdvanceDays(20);
        await RunAsync(lender);
        var reversed = await lender.ReverseAsync(loan, 500_00);
        reversed.ShouldNotBe(Guid.Empty);
        await RunAsync(lender);
        await lender.PayAsync(loan, 200_00, server.Today.AddDays(-10));
    }

    [Fact]
    public async Task A_backdated_payment_after_a_run_leaves_the_books_of_a_run_after_it()
    {
        var other = await server.AddOrganisationAsync();
        foreach (var each in (TestOrganisation[])[lender, other])
            await each.FollowAsync("DAILY");
        var (first, second) = (await LoanAsync(lender), await LoanAsync(other));
        server.Clock.AdvanceDays(20);
        await RunAsync(lender);
        await lender.PayAsync(first, 300_00, server.Today.AddDays(-8));
        await other.PayAsync(second, 300_00, server.Today.AddDays(-8));
        await RunAsync(lender);
        await RunAsync(other);
        (await BalancesAsync(lender)).ShouldBe(await BalancesAsync(other));
    }

    [Fact]
    public async Task A_loan_that_falls_overdue_or_is_current_again_is_an_event_and_a_penalty_is_booked_on_its_day()
    {
        var terms = new TestLoan().TermsFrom(server.Today) with
        {
            OverduePenalty = new OverduePenalty(5, OverduePenaltyBase.PrincipalOverdue, 3),
        };
        var loan = await lender.OpenLoanAsync(await lender.AddCustomerAsync(), terms);
        await RunAsync(lender);
        server.Clock.AdvanceDays(30);
        await RunAsync(lender);
        (await ArrearsAsync(loan)).ShouldBeEmpty();
        server.Clock.AdvanceDays(10);
        await RunAsync(lender);
        (await ArrearsAsync(loan)).ShouldBe([("loan.overdue", 10, 1)]);
        (await EntriesAsync(lender)).ShouldContain(entry =>
            entry.StartsWith($"{server.Today.AddDays(-6):yyyy-MM-dd} CHARGE_APPLIED", StringComparison.Ordinal)
        );
        server.Clock.AdvanceDays(21);
        await RunAsync(lender);
        await lender.PayAsync(loan, 210_00, server.Today);
        await RunAsync(lender);
        (await ArrearsAsync(loan)).ShouldBe([("loan.overdue", 10, 1), ("loan.overdue", 31, 2), ("loan.current", 0, 0)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public async Task The_last_penalties_of_a_loan_are_booked_once_though_no_later_day_changes_it(int rate)
    {
        var terms = new TestLoan { AnnualRatePercent = rate }.TermsFrom(server.Today) with
        {
            OverduePenalty = new OverduePenalty(5, OverduePenaltyBase.PrincipalOverdue, 3),
        };
        var loan = await lender.OpenLoanAsync(await lender.AddCustomerAsync(), terms);
        server.Clock.AdvanceDays(12 * 30 + 40);
        for (var run = 0; run < 3; run++)
        {
            await RunAsync(lender);
            (await PenaltiesAsync()).ShouldBe(12);
            server.Clock.AdvanceDays(1);
        }

        await server.ShouldAuditCleanAsync();
        await lender.PayAsync(loan, 100_00, server.Today.AddDays(-20));
        (await PenaltiesAsync()).ShouldBe(12);
        await RunAsync(lender);
        (await PenaltiesAsync()).ShouldBe(12);

        async Task<int> PenaltiesAsync() =>
            (await EntriesAsync(lender)).Count(entry => entry.Contains("CHARGE_APPLIED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_product_tolerates_does_not_make_a_loan_overdue()
    {
        var terms = new TestLoan().TermsFrom(server.Today) with
        {
            ArrearsTolerance = new(new(5_00, lender.Terms.Currency), 0),
        };
        var loan = await lender.OpenLoanAsync(await lender.AddCustomerAsync(), terms);
        var first = (await lender.ReadAsync(loan)).Replay(server.Today).Installments[0];
        server.Clock.AdvanceDays(first.DueOn.DayNumber - server.Today.DayNumber);
        await lender.PayAsync(loan, first.Due.Total - 5_00, server.Today);
        server.Clock.AdvanceDays(15);
        await RunAsync(lender);
        (await ArrearsAsync(loan)).ShouldBeEmpty();
        server.Clock.AdvanceDays(20);
        await RunAsync(lender);
        (await ArrearsAsync(loan)).Single().Item1.ShouldBe("loan.overdue");
    }

    [Fact]
    public async Task Days_of_a_pause_do_not_count_and_a_changed_agreement_accrues_as_it_says()
    {
        await lender.FollowAsync("DAILY");
        var terms = new TestLoan { AnnualRatePercent = 12 }.TermsFrom(server.Today);
        var loan = await lender.OpenLoanAsync(await lender.AddCustomerAsync(), terms);
        server.Clock.AdvanceDays(35);
        await RunAsync(lender);
        (await ArrearsAsync(loan)).ShouldBe([("loan.overdue", 5, 1)]);

        var path = $"admin/loans/{loan.Id}";
        var pause = new
        {
            from = server.Today.AddDays(1),
            through = server.Today.AddDays(40),
            reason = "Flood",
        };
        (await lender.Manager.PutAsync($"{path}/pause-arrears", pause)).ShouldSucceed();
        (await lender.Manager.PutAsync($"{path}/pause-interest", pause)).ShouldSucceed();
        server.Clock.AdvanceDays(20);
        await RunAsync(lender);
        var income = await BalancesAsync(lender);
        server.Clock.AdvanceDays(20);
        await RunAsync(lender);
        (await BalancesAsync(lender)).ShouldBe(income);
        (await ArrearsAsync(loan)).Count().ShouldBe(1);

        var longer = new
        {
            from = server.Today,
            extraInstallments = 3,
            reason = "Flood",
        };
        (await lender.Manager.PutAsync($"{path}/reschedule", longer)).ShouldSucceed();
        server.Clock.AdvanceDays(30);
        await RunAsync(lender);
        (await ArrearsAsync(loan)).Last().ShouldBe(("loan.overdue", 35, 2));
        await server.ShouldAuditCleanAsync();
        (await lender.Manager.PutAsync($"{path}/terminate", new { reason = "Fraud" })).ShouldSucceed();
        server.Clock.AdvanceDays(1);
        await RunAsync(lender);
    }

    [Fact]
    public async Task Runs_share_the_loans_wait_for_locked_ones_and_go_on_after_an_interruption()
    {
        await lender.FollowAsync("DAILY");
        var loans = new List<StoredLoan>();
        for (var i = 0; i < 9; i++)
            loans.Add(await LoanAsync(lender));
        server.Clock.AdvanceDays(3);
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            RunOf(2).RunAsync(BusinessDateAsync(lender).Result, server.Today, _ => stop.Cancel(), stop.Token)
        );
        (await BusinessDateAsync(lender)).On.ShouldBeLessThan(server.Today);
        await server.ShouldAuditCleanAsync();

        await using var holder = await server.Database.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        (
            await LoanStore.FindAsync(holder, loans[8].CustomerId, loans[8].Id, forUpdate: true, default)
        ).ShouldNotBeNull();
        var date = await BusinessDateAsync(lender);
        var runs = new[]
        {
            RunOf(2).RunAsync(date, server.Today, null, default),
            RunOf(3).RunAsync(date, server.Today, null, default),
        };
        await held.CommitAsync();
        await Task.WhenAll(runs);
        foreach (var loan in loans)
            (await lender.ReadAsync(loan)).Standing.Accrued!.Value.On.ShouldBe(server.Today);
        (await BusinessDateAsync(lender)).On.ShouldBe(server.Today.AddDays(1));
    }

    [Fact]
    public async Task A_loan_whose_replay_fails_is_set_aside_shown_and_tried_again()
    {
        await lender.FollowAsync("DAILY");
        var (broken, right) = (await LoanAsync(lender), await LoanAsync(lender));
        server.Clock.AdvanceDays(3);
        var disbursedOn = broken.DisbursedOn!.Value;
        const string move = "update loan_event set value_on = $2 where account_id = $1";
        await server.BackDoor.DamageAsync(move, broken.Id.Value, DateOnly.MaxValue);
        (await RunAsync(lender)).SetAside.Single().Key.Id.ShouldBe(broken.Id);
        (await lender.ReadAsync(right)).Standing.Accrued!.Value.On.ShouldBe(server.Today);

        var shown = (await lender.Manager.GetAsync("admin/end-of-day")).ShouldSucceed();
        var aside = shown.GetProperty("setAside").EnumerateArray().Single();
        aside.GetProperty("accountId").GetGuid().ShouldBe(broken.Id.Value);
        aside.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();

        await server.BackDoor.DamageAsync(move, broken.Id.Value, disbursedOn);
        (await RunAsync(lender)).SetAside.ShouldBeEmpty();
        (await lender.ReadAsync(broken)).Standing.Accrued!.Value.On.ShouldBe(server.Today);
    }

    [Fact]
    public async Task A_loan_that_cannot_be_read_stops_neither_its_lender_nor_another()
    {
        var other = await server.AddOrganisationAsync();
        var (broken, right, others) = (await LoanAsync(lender), await LoanAsync(lender), await LoanAsync(other));
        var terms = await server.ScalarAsync<string>(
            "select terms::text from loan_terms where account_id = $1",
            broken.Id.Value
        );
        const string damage = "update loan_terms set terms = $2::json where account_id = $1";
        await server.BackDoor.DamageAsync(damage, broken.Id.Value, "{}");
        server.Clock.AdvanceDays(40);
        await WorkAsync();
        (await lender.EventNamesOfAsync(right)).ShouldContain("loan.overdue");
        (await other.EventNamesOfAsync(others)).ShouldContain("loan.overdue");
        (await BusinessDateAsync(lender)).On.ShouldBe(server.Today);
        var shown = (await lender.Manager.GetAsync("admin/end-of-day")).ShouldSucceed();
        var aside = shown.GetProperty("setAside").EnumerateArray().Single();
        aside.GetProperty("accountId").GetGuid().ShouldBe(broken.Id.Value);

        await server.BackDoor.DamageAsync(damage, broken.Id.Value, terms);
        (await RunAsync(lender)).SetAside.ShouldBeEmpty();
        (await lender.EventNamesOfAsync(broken)).ShouldContain("loan.overdue");
    }

    [Fact]
    public async Task A_run_that_fails_stops_no_other_and_is_tried_again()
    {
        var other = await server.AddOrganisationAsync();
        await server.BackDoor.ExecuteAsync(
            $"""
            create function fail() returns trigger language plpgsql as 'begin raise exception ''full''; end';
            create trigger fail before update on end_of_day for each row
              when (old.organisation_id = '{lender.Id.Value}') execute function fail()
            """
        );
        server.Clock.AdvanceDays(2);
        await WorkAsync();
        (await BusinessDateAsync(other)).On.ShouldBe(server.Today);
        (await BusinessDateAsync(lender)).On.ShouldBeLessThan(server.Today);
        await server.BackDoor.ExecuteAsync("drop trigger fail on end_of_day; drop function fail()");
        (await WorkAsync()).ShouldBe(1);
        (await BusinessDateAsync(lender)).On.ShouldBe(server.Today);
    }

    [Fact]
    public async Task A_loan_that_is_locked_while_the_setting_changes_follows_it_at_the_next_run()
    {
        var (locked, free) = (await LoanAsync(lender), await LoanAsync(lender));
        await RunAsync(lender);
        await lender.FollowAsync("DAILY");
        server.Clock.AdvanceDays(1);
        await using (var holder = await server.Database.OpenConnectionAsync())
        {
            await using var held = await holder.BeginTransactionAsync();
            await LoanStore.FindAsync(holder, locked.CustomerId, locked.Id, forUpdate: true, default);
            await RunAsync(lender);
        }

        (await lender.ReadAsync(free)).Standing.Accrued!.Value.On.ShouldBe(server.Today);
        (await BusinessDateAsync(lender)).Followed.ShouldBe(1);
        server.Clock.AdvanceDays(1);
        await RunAsync(lender);
        (await lender.ReadAsync(locked)).Standing.Accrued!.Value.On.ShouldBe(server.Today);
        (await BusinessDateAsync(lender)).Followed.ShouldBe(2);
    }

    [Fact]
    public async Task A_manager_starts_an_end_of_day_and_a_worker_runs_it_or_the_one_that_is_due()
    {
        await lender.FollowAsync("MONTHLY");
        var loan = await LoanAsync(lender);
        (await lender.Cashier.PostAsync("admin/end-of-day", new { })).Status.ShouldBe(403);
        var tomorrow = new { date = server.Today.AddDays(1) };
        (await lender.Manager.PostAsync("admin/end-of-day", tomorrow)).ShouldBeRefused(422, "VALIDATION_ERROR");
        var asked = (await lender.Manager.PostAsync("admin/end-of-day", new { date = server.Today })).ShouldSucceed();
        asked.GetProperty("runs")[0].GetProperty("state").GetString().ShouldBe("WAITING");
        (await WorkAsync()).ShouldBeGreaterThan(0);
        var done = (await lender.Manager.GetAsync("admin/end-of-day")).ShouldSucceed();
        done.GetProperty("runs")[0].GetProperty("state").GetString().ShouldBe("COMPLETE");
        done.GetProperty("businessDate").GetString().ShouldBe($"{server.Today.AddDays(1):yyyy-MM-dd}");

        // Missed days are made up after closing time.
        server.Clock.AdvanceDays(40);
        await WorkAsync();
        (await WorkAsync()).ShouldBe(0);
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.overdue");
    }

    [Fact]
    public async Task An_offer_that_nobody_answers_expires()
    {
        var application = new TestApplication(lender, await lender.AddCustomerAsync());
        var id = await application.OfferAsync(await lender.AddProductAsync());
        server.Clock.AdvanceDays(60);
        (await RunAsync(lender)).ExpiredOffers.ShouldBe(1);
        (await RunAsync(lender)).ExpiredOffers.ShouldBe(0);
        (await server.ScalarAsync<string>("select status::text from loan_application where id = $1", id)).ShouldBe(
            "EXPIRED"
        );
    }

    [Fact]
    public async Task The_command_shows_what_a_run_would_write_and_then_writes_the_same()
    {
        await LoanAsync(lender);
        await RunAsync(lender);
        await lender.FollowAsync("DAILY");
        server.Clock.AdvanceDays(7);
        var before = await CountAsync();
        var planned = await CommandAsync(isDryRun: true);
        (await CountAsync()).ShouldBe(before);
        var done = await CommandAsync(isDryRun: false);
        foreach (var name in (string[])["loans", "entries", "interest", "arrearsChanges"])
            done.GetProperty(name).GetRawText().ShouldBe(planned.GetProperty(name).GetRawText(), name);
        (done.GetProperty("loans").GetInt32(), done.GetProperty("entries").GetInt32()).ShouldBe((1, 1));
    }

    private async Task<JsonElement> CommandAsync(bool isDryRun)
    {
        await using var output = new StringWriter();
        var command = new EndDay(server.Database, server.Clock)
        {
            Date = server.Today,
            OrganisationId = lender.Id,
            IsDryRun = isDryRun,
            IsJson = true,
        };
        (await command.RunAsync(output, TextWriter.Null, default)).ShouldBe(0);
        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    private async Task<int> WorkAsync() =>
        await new EndOfDayWorker(
            server.Database,
            RunOf(300),
            server.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<EndOfDayWorker>.Instance
        ).RunOnceAsync(default);

    private Task<EndOfDayTotals> RunAsync(TestOrganisation organisation) => server.EndDayAsync(organisation);

    private EndOfDayRun RunOf(int batchSize) => TestDays.RunOf(server, batchSize);

    private Task<BusinessDate> BusinessDateAsync(TestOrganisation organisation) =>
        server.BusinessDateAsync(organisation);

    private async Task<StoredLoan> LoanAsync(TestOrganisation organisation, decimal rate = 0)
    {
        var customer = await organisation.AddCustomerAsync();
        return rate == 0
            ? await organisation.OpenLoanAsync(customer, organisation.Terms with { SubmittedOn = server.Today })
            : await organisation.OpenLoanAsync(
                customer,
                new TestLoan { AnnualRatePercent = rate }.TermsFrom(server.Today)
            );
    }

    // One with interest by its schedule, and one with interest by the day and a payment.
    private async Task LoansAsync(TestOrganisation organisation)
    {
        await LoanAsync(organisation);
        await organisation.PayAsync(await LoanAsync(organisation, 24), 50_00, server.Today);
    }

    private Task<List<string>> EntriesAsync(TestOrganisation organisation) =>
        ListAsync(
            """
            select effective_on || ' ' || kind || ' ' || ledger_accounts::text || ' ' || amounts::text
            from journal_entry where organisation_id = $1 and account_id is not null order by 1
            """,
            reader => reader.GetString(0),
            organisation.Id
        );

    // Of the accounts of interest.
    private Task<List<(string, long)>> BalancesAsync(TestOrganisation organisation) =>
        ListAsync(
            """
            select ledger_account, sum(amount)::bigint from posting
            where organisation_id = $1 and ledger_account like 'INTEREST%' group by 1 having sum(amount) <> 0 order by 1
            """,
            reader => (reader.GetString(0), reader.GetInt64(1)),
            organisation.Id
        );

    private async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, OrganisationId id)
    {
        await using var command = server.Database.CreateCommand(sql);
        command.Parameters.Add(Sql.Value(id));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private Task<long> CountAsync() =>
        server.ScalarAsync<long>("select (select count(*) from journal_entry) + (select count(*) from outbox_event)");

    private async Task<IEnumerable<(string, int, int)>> ArrearsAsync(StoredLoan loan) =>
        (await lender.EventsOfAsync(loan))
            .Where(one => one.Type.Name is "loan.overdue" or "loan.current")
            .Select(one => (one.Type.Name, Payload: JsonDocument.Parse(one.Payload).RootElement))
            .Select(one =>
                (
                    one.Name,
                    one.Payload.GetProperty("daysPastDue").GetInt32(),
                    one.Payload.GetProperty("bucket").GetInt32()
                )
            );
}
