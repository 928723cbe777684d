using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Collectors;

public sealed class ImportCollectionsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_file_books_what_was_collected_with_the_commission_of_its_collector()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var (one, other) = (await collector.HoldAsync(), await collector.HoldAsync());
        var before = (await lender.ReadAsync(one)).Payoff.MinorUnits;
        var imported = await collector.ImportAsync(
            collector.Line("T-1", one, "100.10"),
            collector.Line("T-2", other, "50.00", "3.75"),
            collector.Line("T-3", one, "0.20")
        );

        imported.GetProperty("newCount").GetInt32().ShouldBe(3);
        // 7.50825 and 0.015 are halves and less: rounded half to even, 7.51 and 0.02.
        var booked = imported.GetProperty("booked");
        booked.GetProperty("count").GetInt32().ShouldBe(3);
        booked.GetProperty("amount").GetDecimal().ShouldBe(150.30m);
        booked.GetProperty("commission").GetDecimal().ShouldBe(11.28m);
        imported.GetProperty("waiting").GetProperty("count").GetInt32().ShouldBe(0);
        (await lender.ReadAsync(one)).Payoff.MinorUnits.ShouldBe(before - 10_030);

        var balance = await collector.BalanceAsync();
        balance.GetProperty("collected").GetDecimal().ShouldBe(150.30m);
        balance.GetProperty("due").GetDecimal().ShouldBe(139.02m);
        balance.GetProperty("owed").GetDecimal().ShouldBe(139.02m);
        (await BookedAsync(lender, "COLLECTOR_RECEIVABLE")).ShouldBe(13_902);
        (await BookedAsync(lender, "COLLECTION_COMMISSION")).ShouldBe(1_128);
        (await BookedAsync(lender, "COLLECTION_ACCOUNT")).ShouldBe(0);

        var listed = (await lender.Cashier.GetAsync($"{collector.Path}/collections")).ShouldSucceed();
        var last = listed[0];
        last.GetProperty("transactionId").GetString().ShouldBe("T-3");
        var repaymentId = last.GetProperty("repaymentId").GetGuid();
        var repayment = (await lender.Cashier.GetAsync($"admin/repayments/{repaymentId}")).ShouldSucceed();
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        repayment.GetProperty("collector").GetString().ShouldBe("Example Collections Ltd");
        (await lender.EventNamesOfAsync(other)).ShouldContain("repayment.verified");
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task The_same_file_and_overlapping_lines_add_nothing_again()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var loan = await collector.HoldAsync();
        var (one, two) = (collector.Line("T-1", loan, "10"), collector.Line("T-2", loan, "20"));
        var file = TestCollector.FileOf(one, one);
        var first = await collector.UploadAsync(file, key: "collected-once");
        first.ShouldSucceed().GetProperty("newCount").GetInt32().ShouldBe(1);
        var repeat = await collector.UploadAsync(file, key: "collected-once");
        repeat.IsReplayed.ShouldBeTrue();
        repeat.Body.ShouldBe(first.Body);
        var again = (await collector.UploadAsync(file)).ShouldSucceed();
        again.GetProperty("isRepeated").GetBoolean().ShouldBeTrue();
        again.GetProperty("fileId").GetGuid().ShouldBe(first.Data.GetProperty("fileId").GetGuid());

        var overlap = await collector.ImportAsync(one, two);
        overlap.GetProperty("lineCount").GetInt32().ShouldBe(2);
        overlap.GetProperty("newCount").GetInt32().ShouldBe(1);
        (await collector.BalanceAsync()).GetProperty("collected").GetDecimal().ShouldBe(30);

        var contrary = await collector.UploadAsync(TestCollector.FileOf(collector.Line("T-1", loan, "11")));
        contrary.ShouldBeRefused(422, "COLLECTIONS_UNREADABLE").Body.ShouldContain("10.00");
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_preview_shows_what_a_file_would_do_and_stores_nothing()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var loan = await collector.HoldAsync();
        var file = TestCollector.FileOf(collector.Line("T-1", loan, "10"), "T-2;RF00;2026-01-01;5;");
        var shown = (await collector.UploadAsync(file, "&dryRun=true")).ShouldSucceed();
        shown.GetProperty("isPreview").GetBoolean().ShouldBeTrue();
        shown.GetProperty("booked").GetProperty("count").GetInt32().ShouldBe(1);
        shown.GetProperty("collections")[0].GetProperty("wait").GetString().ShouldBe("LOAN_UNKNOWN");
        shown.GetProperty("collections")[0].GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        (await collector.BalanceAsync()).GetProperty("collected").GetDecimal().ShouldBe(0);
        (await lender.Cashier.GetAsync($"{collector.Path}/files")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await collector.UploadAsync(file)).ShouldSucceed().GetProperty("newCount").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task What_is_not_right_waits_with_its_reason_and_does_not_stop_the_rest()
    {
        var lender = await server.AddOrganisationAsync();
        await lender.ChangeAsync(("fourEyesAbove", 500));
        var collector = await TestCollector.AddAsync(lender);
        var (held, closed) = (await collector.HoldAsync(), await collector.HoldAsync());
        var payoff = (await lender.ReadAsync(closed)).Payoff;
        await lender.PayAsync(closed, payoff.MinorUnits, lender.Today, "CASH");
        var (own, others) = (
            await lender.OpenLoanAsync(),
            await lender.AddLoanAsync(lender.Customer, new TestLoan { Collector = "Somebody Else" })
        );
        var foreign = await server.OtherLender.OpenLoanAsync();
        var imported = await collector.ImportAsync(
            collector.Line("T-1", held, "10"),
            $"T-2;RF18 5390 0754 7034;{lender.Today:yyyy-MM-dd};10;",
            collector.Line("T-3", own, "10"),
            collector.Line("T-4", others, "10"),
            collector.Line("T-5", foreign, "10"),
            $"T-6;{held.Id};{lender.Today.AddYears(-2):yyyy-MM-dd};10;",
            collector.Line("T-7", closed, "10"),
            collector.Line("T-8", held, "999999"),
            collector.Line("T-9", held, "10", "0.76"),
            collector.Line("T-10", held, "501"),
            $"T-11;{held.Id};{lender.Today:yyyy-MM-dd};10;0.75"
        );

        imported.GetProperty("booked").GetProperty("count").GetInt32().ShouldBe(2);
        imported
            .GetProperty("collections")
            .EnumerateArray()
            .Where(one => one.GetProperty("state").GetString() == "WAITING")
            .Select(one => $"{one.GetProperty("transactionId").GetString()} {one.GetProperty("wait").GetString()}")
            .ShouldBe([
                "T-2 LOAN_UNKNOWN",
                "T-3 NOT_HELD",
                "T-4 NOT_HELD",
                "T-5 LOAN_UNKNOWN",
                "T-6 BEFORE_DISBURSEMENT",
                "T-7 LOAN_CLOSED",
                "T-8 ABOVE_PAYOFF",
                "T-9 COMMISSION_DIFFERS",
                "T-10 SECOND_OFFICER",
            ]);
        var waiting = (
            await lender.Cashier.GetAsync($"{collector.Path}/collections?state=WAITING&size=2")
        ).ShouldSucceed();
        waiting.GetArrayLength().ShouldBe(2);
        waiting[1].GetProperty("explanation").GetString().ShouldNotBeNull().ShouldContain("0.75");
        (await collector.BalanceAsync()).GetProperty("waitingCount").GetInt32().ShouldBe(9);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_broken_line_refuses_the_file_and_says_what_would_be_right()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var loan = await collector.HoldAsync();
        var broken = await collector.UploadAsync(
            TestCollector.FileOf(
                collector.Line("T-1", loan, "10"),
                collector.Line("T-2", loan, "10.5x"),
                collector.Line("", loan, "10"),
                collector.Line("T-4", loan, "-10"),
                $"T-5;{loan.Reference};;10;",
                collector.Line("T-6", loan, "10", "11")
            )
        );
        broken.ShouldBeRefused(422, "COLLECTIONS_UNREADABLE");
        foreach (var part in new[] { "Line 3", "Line 4", "Line 5", "Line 6", "Line 7" })
            broken.Body.ShouldContain(part);
        var late = $"T-1;{loan.Reference};{lender.Today.AddDays(1):yyyy-MM-dd};10;";
        (await collector.UploadAsync(TestCollector.FileOf(late))).ShouldBeRefused(422, "COLLECTIONS_UNREADABLE");
        (await collector.UploadAsync(Encoding.UTF8.GetBytes("a;b\n1;2\n"))).ShouldBeRefused(
            422,
            "COLLECTIONS_UNREADABLE"
        );
        (await collector.UploadAsync("%PDF-1.7"u8.ToArray())).ShouldBeRefused(422, "COLLECTIONS_UNREADABLE");
        (await lender.Cashier.GetAsync($"{collector.Path}/collections")).ShouldSucceed().GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_profile_maps_the_columns_of_a_collector()
    {
        var lender = await server.AddOrganisationAsync();
        const string profile = """
            {
              "name": "Example Collections",
              "columns": {
                "transactionId": "Ref", "loan": "Mandate", "collectedOn": "Day", "amount": "Sum", "commission": "Share"
              },
              "dates": "dayFirst",
              "decimal": ","
            }
            """;
        var added = await lender.Manager.PostAsync(
            "admin/collectors",
            new
            {
                name = "Example Collections Ltd",
                commissionPercent = 10,
                csvProfile = profile,
            }
        );
        var id = added.ShouldSucceed().GetProperty("id").GetGuid();
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { Collector = "Example Collections Ltd" });
        var file =
            $"Share;Ref;Mandate;Day;Sum;Name\n100,05;T-1;{loan.Reference};{lender.Today:dd/MM/yyyy};1.000,50;Ada\n";
        var imported = await lender.Manager.UploadAsync(
            $"admin/collectors/{id}/collections?fileName=a.csv",
            Encoding.UTF8.GetBytes(file)
        );
        var booked = imported.ShouldSucceed().GetProperty("booked");
        booked.GetProperty("amount").GetDecimal().ShouldBe(1_000.50m);
        booked.GetProperty("commission").GetDecimal().ShouldBe(100.05m);
    }

    [Fact]
    public async Task A_reversal_books_the_exact_opposite()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var loan = await collector.HoldAsync();
        var before = (await lender.ReadAsync(loan)).Payoff;
        var imported = await collector.ImportAsync(collector.Line("T-1", loan, "200"));
        var repaymentId = imported.GetProperty("collections")[0].GetProperty("repaymentId").GetGuid();
        (
            await lender.Cashier.PutAsync($"admin/repayments/{repaymentId}/reverse", new { reason = "Bounced" })
        ).ShouldSucceed();
        (await lender.ReadAsync(loan)).Payoff.ShouldBe(before);
        foreach (var account in new[] { "COLLECTOR_RECEIVABLE", "COLLECTION_COMMISSION", "COLLECTION_ACCOUNT" })
            (await BookedAsync(lender, account)).ShouldBe(0);
        (await collector.BalanceAsync()).GetProperty("collected").GetDecimal().ShouldBe(0);
        var listed = (await lender.Cashier.GetAsync($"{collector.Path}/collections")).ShouldSucceed();
        listed[0].GetProperty("isReversed").GetBoolean().ShouldBeTrue();
        await server.ShouldAuditCleanAsync();
    }

    internal static Task<long> BookedAsync(TestOrganisation lender, string account) =>
        lender.Server.ScalarAsync<long>(
            """
            select coalesce(sum(amount), 0)::bigint from posting where organisation_id = $1 and ledger_account = $2
            """,
            lender.Id.Value,
            account
        );
}
