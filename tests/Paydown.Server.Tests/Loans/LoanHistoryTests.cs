using System.Text.Json;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Tests.EndOfDay;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary><see cref="ListLoanEvents"/> and <see cref="ListLoanEventsForOfficers"/>.</summary>
public sealed class LoanHistoryTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task Each_event_shows_what_it_changed_and_what_it_posts()
    {
        var loan = await lender.OpenLoanAsync();
        var day = loan.DisbursedOn!.Value.AddMonths(1);
        var repayment = await lender.PayAsync(loan, 106_619, day);
        var reversed = await lender.PayAsync(loan, 50_00, day);
        await lender.AgreeAsync($"admin/repayments/{reversed}/reverse", new { reason = "Another loan's money" });
        var letter = new
        {
            kind = "FEE",
            amount = 30,
            reason = "Letter",
        };
        (await lender.Manager.PostAsync($"admin/loans/{loan.Id}/charges", letter)).ShouldSucceed();

        var events = await ReadAsync(lender.Cashier, $"admin/loans/{loan.Id}/history");
        events
            .Select(one => one.GetProperty("kind").GetString())
            .ShouldBe(["DISBURSEMENT", "REPAYMENT", "REPAYMENT", "REVERSAL", "CHARGE"]);
        var paid = events[1];
        paid.GetProperty("eventId").GetGuid().ShouldBe(repayment);
        paid.GetProperty("on").GetString().ShouldBe($"{day:yyyy-MM-dd}");
        paid.GetProperty("amount").GetRawText().ShouldBe("1066.19");
        paid.GetProperty("principalAmount").GetRawText().ShouldBe("946.19");
        paid.GetProperty("interestAmount").GetRawText().ShouldBe("120");
        paid.GetProperty("principalBalance").GetRawText().ShouldBe("11053.81");
        paid.GetProperty("allocation")[0].GetProperty("installmentNumber").GetInt32().ShouldBe(1);
        paid.GetProperty("recordedBy").GetGuid().ShouldNotBe(Guid.Empty);
        var entry = paid.GetProperty("entries").EnumerateArray().Single(one => KindOf(one) == "REPAYMENT_VERIFIED");
        entry.GetProperty("postings").EnumerateArray().Sum(one => one.GetProperty("amount").GetDecimal()).ShouldBe(0);
        events[2].GetProperty("isReversed").GetBoolean().ShouldBeTrue();
        events[2]
            .GetProperty("entries")
            .EnumerateArray()
            .Select(KindOf)
            .ShouldBe(["INTEREST_ACCRUED", "REPAYMENT_VERIFIED", "INTEREST_ACCRUED", "REPAYMENT_REVERSED"]);
        events[3].GetProperty("reversedEventId").GetGuid().ShouldBe(reversed);
        events[4].GetProperty("reason").GetString().ShouldBe("Letter");
    }

    [Fact]
    public async Task The_history_has_every_posting_of_the_loan()
    {
        var daily = await server.AddOrganisationAsync();
        await daily.FollowAsync("DAILY");
        var loan = await daily.OpenLoanAsync();
        await daily.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(1));
        server.Clock.AdvanceDays(1);
        await server.EndDayAsync(daily);
        var events = await ReadAsync(daily.Cashier, $"admin/loans/{loan.Id}/history");
        var posted = events
            .SelectMany(one => one.GetProperty("entries").EnumerateArray())
            .Select(entry => entry.GetProperty("entryId").GetGuid())
            .ToList();
        posted.Distinct().Count().ShouldBe(posted.Count);
        var stored = await server.ScalarAsync<Guid[]>(
            "select array_agg(id) from journal_entry where account_id = $1",
            loan.Id
        );
        stored.Except(posted).ShouldBeEmpty();
        events.Count(one => KindOf(one) == "END_OF_DAY").ShouldBePositive();
    }

    [Fact]
    public async Task A_customer_sees_the_events_without_the_books()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer, new() { PaidMinor = 30_00 });
        foreach (var caller in new[] { customer, lender.Cashier })
        {
            var events = await ReadAsync(caller, $"user/loans/{loan.Id}/history");
            events.Select(KindOf).ShouldBe(["DISBURSEMENT", "REPAYMENT"]);
            events[1].GetProperty("totalBalance").GetRawText().ShouldBe("1170");
            events[1].TryGetProperty("entries", out _).ShouldBeFalse();
            events[1].TryGetProperty("recordedBy", out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Loans_of_others_are_not_found()
    {
        var other = await server.AddOrganisationAsync();
        var loan = await lender.AddLoanAsync(await lender.AddCustomerAsync());
        var customer = await lender.AddCustomerAsync();
        (await customer.GetAsync($"user/loans/{loan.Id}/history")).ShouldBeRefused(404, "NOT_FOUND");
        (await other.Cashier.GetAsync($"user/loans/{loan.Id}/history")).ShouldBeRefused(404, "NOT_FOUND");
        (await other.Cashier.GetAsync($"admin/loans/{loan.Id}/history")).ShouldBeRefused(404, "NOT_FOUND");
        (await customer.GetAsync($"admin/loans/{loan.Id}/history")).ShouldBeRefused(403, "FORBIDDEN");
    }

    [Fact]
    public void Every_kind_of_event_has_its_word_in_the_history() =>
        Enum.GetNames<LoanEventKind>().Except(Enum.GetNames<HistoryKind>()).ShouldBeEmpty();

    private static string? KindOf(JsonElement one) => one.GetProperty("kind").GetString();

    // All pages of two events each.
    private static async Task<List<JsonElement>> ReadAsync(TestUser caller, string path)
    {
        var (events, after) = (new List<JsonElement>(), "");
        while (true)
        {
            var page = await caller.GetAsync($"{path}?size=2{after}");
            events.AddRange(page.ShouldSucceed().EnumerateArray());
            if (!page.Json.GetProperty("page").TryGetProperty("next", out var next))
                return events;
            after = $"&after={next.GetString()}";
        }
    }
}
