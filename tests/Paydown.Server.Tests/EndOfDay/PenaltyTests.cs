using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Products;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.EndOfDay;

/// <summary>
/// Penalties that a manager gives a product over HTTP, on a loan of 12,000.00 at 12 % over 12 months that is paid out
/// over HTTP too. The audit checks all books after each test.
/// </summary>
public sealed class PenaltyTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task A_fixed_penalty_is_booked_on_its_days_up_to_the_limit_and_explained()
    {
        // 1.5 % of 1,066.19 is 15.99.
        var penalty = Penalty(("amount", 8), ("everyDays", 10), ("graceDays", 2), ("capPercent", 1.5m));
        var loan = await LendAsync(penalty);
        var dueOn = loan.Replay(server.Today).Installments[0].DueOn;
        await RunOnAsync(dueOn.AddDays(2));
        (await PenaltiesAsync(loan)).ShouldBeEmpty();
        await RunOnAsync(dueOn.AddDays(3));
        (await PenaltiesAsync(loan)).ShouldBe([$"{dueOn.AddDays(3):MM-dd} 8.00"]);
        await RunOnAsync(dueOn.AddDays(28));
        (await PenaltiesAsync(loan)).ShouldBe([$"{dueOn.AddDays(3):MM-dd} 8.00", $"{dueOn.AddDays(13):MM-dd} 7.99"]);
        (await server.LedgerAsync(lender))["PENALTY_INCOME"].ShouldBe(-15_99);
        (await ChargesAsync(loan))[0]
            .GetProperty("reason")
            .GetString()
            .ShouldBe(
                "Installment 1 was not paid in time: 8.00 NGN per penalty, in all at most 1.5 % of the installment."
            );

        await server.EndDayAsync(lender);
        (await PenaltiesAsync(loan)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_backdated_payment_takes_repeated_penalties_off_the_books_and_missed_days_book_the_same()
    {
        var penalty = Penalty(("percent", 1), ("of", "PRINCIPAL_AND_INTEREST_OVERDUE"), ("everyDays", 7));
        var (daily, late) = (await LendAsync(penalty), await LendAsync(penalty));
        var dueOn = daily.Replay(server.Today).Installments[0].DueOn;
        await server.EndDayAsync(lender);
        await RunOnAsync(dueOn.AddDays(25));
        // 10.66 on each of four days, of two loans.
        (await server.LedgerAsync(lender, daily))["PENALTY_INCOME"]
            .ShouldBe(-4 * 10_66);
        (await PenaltiesAsync(daily)).ShouldBe(await PenaltiesAsync(late));
        (await ChargesAsync(late))[3]
            .GetProperty("reason")
            .GetString()
            .ShouldBe("Installment 1 was not paid in time: 1 % of 1066.19 NGN overdue principal and interest.");

        await lender.PayAsync(daily, 1_066_19, dueOn);
        (await server.LedgerAsync(lender, daily)).ShouldNotContainKey("PENALTY_INCOME");
        (await PenaltiesAsync(daily)).ShouldBeEmpty();
        await RunOnAsync(server.Today.AddDays(1));
        (await PenaltiesAsync(daily)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("percent", 0, "more than 0")]
    [InlineData("amount", 0, "")]
    [InlineData("amount", 100, "less than minimumAmount")]
    [InlineData("amount", 1.001, "fraction digits")]
    [InlineData("everyDays", 0, "")]
    [InlineData("everyDays", 366, "")]
    [InlineData("capPercent", 0, "more than 0")]
    [InlineData("capPercent", 101, "")]
    [InlineData("graceDays", 366, "")]
    public async Task A_penalty_that_makes_no_sense_is_refused(string field, double value, string words)
    {
        var penalty = field == "amount" ? Penalty((field, value)) : Penalty(("percent", 1), (field, value));
        var refused = await ChangeAsync(await lender.AddProductAsync(), penalty);
        refused.ShouldBeRefused(422, "VALIDATION_ERROR");
        refused.Body.ShouldContain($"overduePenalty.{field}");
        refused.Body.ShouldContain(words);
    }

    [Fact]
    public async Task A_penalty_is_either_a_percentage_or_an_amount()
    {
        var refused = await ChangeAsync(await lender.AddProductAsync(), Penalty(("percent", 1), ("amount", 5)));
        refused.ShouldBeRefused(422, "VALIDATION_ERROR");
        refused.Body.ShouldContain("must be 0 or absent if there is an amount");
        var set = (
            await ChangeAsync(await lender.AddProductAsync(), Penalty(("amount", 5), ("everyDays", 30)))
        ).ShouldSucceed();
        var shown = set.GetProperty("overduePenalty");
        shown.GetProperty("amount").GetDecimal().ShouldBe(5);
        shown.GetProperty("everyDays").GetInt32().ShouldBe(30);
        shown.GetProperty("capPercent").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_client_that_does_not_know_the_newer_fields_of_a_penalty_keeps_them()
    {
        var product = await lender.AddProductAsync();
        (await ChangeAsync(product, Penalty(("percent", 2), ("everyDays", 30), ("capPercent", 10)))).ShouldSucceed();
        var older = Penalty(("percent", 3));
        foreach (var name in (string[])["amount", "everyDays", "capPercent"])
            older.Remove(name);
        var kept = (await ChangeAsync(product, older)).ShouldSucceed().GetProperty("overduePenalty");
        kept.GetProperty("percent").GetDecimal().ShouldBe(3);
        kept.GetProperty("everyDays").GetInt32().ShouldBe(30);
        kept.GetProperty("capPercent").GetDecimal().ShouldBe(10);
    }

    private static JsonObject Penalty(params (string Name, object Value)[] fields)
    {
        var penalty = new JsonObject
        {
            ["percent"] = null,
            ["of"] = null,
            ["graceDays"] = 3,
            ["amount"] = null,
            ["everyDays"] = null,
            ["capPercent"] = null,
        };
        foreach (var (name, value) in fields)
            penalty[name] = JsonSerializer.SerializeToNode(value);
        return penalty;
    }

    private async Task<Reply> ChangeAsync(LoanProduct product, JsonObject penalty)
    {
        var shown = (await lender.Manager.GetAsync($"admin/loan-products/{product.Id}")).ShouldSucceed();
        var definition = JsonNode.Parse(shown.GetRawText())!.AsObject();
        definition.Remove("versions");
        definition["overduePenalty"] = penalty.DeepClone();
        return await lender.Manager.PutAsync($"admin/loan-products/{product.Id}", definition);
    }

    private async Task<StoredLoan> LendAsync(JsonObject penalty)
    {
        var product = await lender.AddProductAsync();
        (await ChangeAsync(product, penalty)).ShouldSucceed();
        return await lender.DisburseAsync(await lender.AddCustomerAsync(), product, 12_000_00, 12);
    }

    // Ends this day only: the days before it are made up.
    private async Task RunOnAsync(DateOnly day)
    {
        server.Clock.AdvanceDays(day.DayNumber - server.Today.DayNumber);
        await server.EndDayAsync(lender);
    }

    private async Task<List<string>> PenaltiesAsync(StoredLoan loan) =>
        [
            .. (await ChargesAsync(loan)).Select(charge =>
                $"{DateOnly.Parse(charge.GetProperty("dueDate").GetString()!):MM-dd} {charge.GetProperty("amount").GetDecimal():F2}"
            ),
        ];

    private async Task<List<JsonElement>> ChargesAsync(StoredLoan loan) =>
        [.. (await lender.Manager.GetAsync($"user/loan-charges/{loan.Id}")).ShouldSucceed().EnumerateArray()];
}
