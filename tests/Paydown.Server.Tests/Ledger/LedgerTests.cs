using System.Text.Json;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Ledger;

public sealed class LedgerTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_trial_balance_shows_what_moved_each_account_and_adds_up_to_zero()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(1));

        var (opening, closing) = (MonthOf(loan.DisbursedOn.Value), MonthOf(loan.DisbursedOn.Value.AddMonths(1)));
        (await AccountAsync(opening, "LOAN_PRINCIPAL")).ShouldBe((0m, 12_000m, 0m, 12_000m));
        (await AccountAsync(opening, "CUSTOMER_WALLET")).ShouldBe((0m, 0m, 12_000m, -12_000m));
        // The wallet is paid from the account that the loan is paid out of.
        (await AccountAsync(opening, "FUNDING_ACCOUNT")).ShouldBe((0m, 12_000m, 12_000m, 0m));
        (await AccountAsync(closing, "LOAN_PRINCIPAL")).ShouldBe((12_000m, 0m, 946.19m, 11_053.81m));
        (await AccountAsync(closing, "COLLECTION_ACCOUNT")).ShouldBe((0m, 1_066.19m, 0m, 1_066.19m));
        (await AccountAsync(closing, "INTEREST_INCOME")).ShouldBe((0m, 0m, 120m, -120m));
        (await AccountAsync(closing, "INTEREST_RECEIVABLE")).ShouldBe((0m, 120m, 120m, 0m));
        var accounts = await BalancesAsync(closing);
        accounts.Sum(account => account.GetProperty("openingBalance").GetDecimal()).ShouldBe(0);
        accounts.Sum(account => account.GetProperty("closingBalance").GetDecimal()).ShouldBe(0);
        accounts[0].GetProperty("number").GetInt32().ShouldBe(1010);
        accounts[0].GetProperty("class").GetString().ShouldBe("ASSET");
    }

    [Fact]
    public async Task A_lender_without_entries_has_every_account_at_zero()
    {
        var answer = await lender.Manager.GetAsync("admin/ledger/trial-balance");
        answer.Data.GetProperty("month").GetString().ShouldBe($"{lender.Today:yyyy-MM}");
        answer
            .Data.GetProperty("accounts")
            .GetArrayLength()
            .ShouldBe(Enum.GetValues<Paydown.Lending.Accounting.LedgerAccount>().Length);
        (await AccountAsync(MonthOf(lender.Today), "LOAN_PRINCIPAL")).ShouldBe((0m, 0m, 0m, 0m));
    }

    [Fact]
    public async Task The_postings_of_an_account_explain_its_balance_page_by_page()
    {
        var loan = await lender.OpenLoanAsync();
        var day = loan.DisbursedOn!.Value.AddMonths(1);
        var repayments = new List<Guid>();
        for (var i = 0; i < 5; i++)
            repayments.Add(await lender.PayAsync(loan, 10_000 + i, day));

        var listed = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await lender.Manager.GetAsync(
                $"admin/ledger/postings?account=COLLECTION_ACCOUNT&month={MonthOf(day)}&size=2"
                    + (after is null ? "" : $"&after={after}")
            );
            page.Status.ShouldBe(200, page.Body);
            listed.AddRange(page.Data.EnumerateArray());
            using var body = JsonDocument.Parse(page.Body);
            after = body.RootElement.GetProperty("page").TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (after is not null);

        listed.Select(posting => posting.GetProperty("subjectId").GetGuid()).ShouldBe(repayments, ignoreOrder: true);
        listed.Sum(posting => posting.GetProperty("amount").GetDecimal()).ShouldBe(500.10m);
        (await AccountAsync(MonthOf(day), "COLLECTION_ACCOUNT")).Closing.ShouldBe(500.10m);
        var first = listed[0];
        first.GetProperty("kind").GetString().ShouldBe("REPAYMENT_VERIFIED");
        first.GetProperty("accountId").GetGuid().ShouldBe(loan.Id.Value);
        first.GetProperty("effectiveOn").GetString().ShouldBe($"{day:yyyy-MM-dd}");
        first.GetProperty("narration").GetString()!.ShouldStartWith("Repayment ");
    }

    [Fact]
    public async Task An_entry_shows_both_sides_of_a_posting()
    {
        var loan = await lender.OpenLoanAsync();
        var day = loan.DisbursedOn!.Value.AddMonths(1);
        var repayment = await lender.PayAsync(loan, 10_000, day);
        var posting = (
            await lender.Manager.GetAsync($"admin/ledger/postings?account=COLLECTION_ACCOUNT&month={MonthOf(day)}")
        ).ShouldSucceed()[0];
        var (id, customerId) = (posting.GetProperty("entryId").GetGuid(), posting.GetProperty("customerId").GetGuid());

        var path = $"admin/ledger/entries/{id}?customerId={customerId}";
        var entry = (await lender.Manager.GetAsync(path)).ShouldSucceed();
        entry.GetProperty("subjectId").GetGuid().ShouldBe(repayment);
        var lines = entry.GetProperty("postings").EnumerateArray().ToList();
        lines.Sum(line => line.GetProperty("amount").GetDecimal()).ShouldBe(0);
        lines[0].GetProperty("account").GetString().ShouldBe("COLLECTION_ACCOUNT");
        lines[0].GetProperty("amount").GetDecimal().ShouldBe(100);

        var other = await server.AddOrganisationAsync();
        (await other.Manager.GetAsync(path)).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Manager.GetAsync($"admin/ledger/entries/{id}?customerId={id}")).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Cashier.GetAsync(path)).ShouldBeRefused(403, "FORBIDDEN");
    }

    [Fact]
    public async Task An_account_that_few_entries_book_is_listed_too()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.Manager.PostAsync(
            $"admin/loans/{loan.Id}/charges",
            new
            {
                kind = "FEE",
                amount = 12.5,
                dueDate = $"{lender.Today:yyyy-MM-dd}",
            }
        );
        var page = await lender.Manager.GetAsync("admin/ledger/postings?account=FEE_INCOME");
        page.Data.EnumerateArray().ShouldHaveSingleItem().GetProperty("amount").GetDecimal().ShouldBe(-12.5m);
    }

    [Fact]
    public async Task Another_lender_and_other_roles_see_nothing()
    {
        await lender.OpenLoanAsync();
        var other = await server.AddOrganisationAsync();
        var balances = await other.Manager.GetAsync("admin/ledger/trial-balance");
        balances
            .Data.GetProperty("accounts")
            .EnumerateArray()
            .ShouldAllBe(account => account.GetProperty("closingBalance").GetDecimal() == 0);
        (await lender.Cashier.GetAsync("admin/ledger/trial-balance")).ShouldBeRefused(403, "FORBIDDEN");
        var (_, token) = await lender.AddApiTokenAsync(Scopes.LedgerRead);
        (await server.HolderOf(token).GetAsync("admin/ledger/trial-balance")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("admin/ledger/trial-balance?month=2026-13")]
    [InlineData("admin/ledger/trial-balance?month=2026-1")]
    [InlineData("admin/ledger/trial-balance?month=9999-12")]
    [InlineData("admin/ledger/postings?account=FEE_INCOME&month=9999-12")]
    [InlineData("admin/ledger/postings?account=NO_SUCH_ACCOUNT")]
    public async Task An_unknown_month_or_account_is_refused(string path) =>
        (await lender.Manager.GetAsync(path)).ShouldBeRefused(422, "VALIDATION_ERROR");

    [Fact]
    public async Task Postings_are_listed_for_one_account() =>
        (await lender.Manager.GetAsync("admin/ledger/postings")).ShouldBeRefused(400, "BAD_REQUEST");

    private static string MonthOf(DateOnly day) => $"{day:yyyy-MM}";

    private async Task<(decimal Opening, decimal Debits, decimal Credits, decimal Closing)> AccountAsync(
        string month,
        string account
    )
    {
        var found = (await BalancesAsync(month)).Single(one => one.GetProperty("account").GetString() == account);
        return (
            found.GetProperty("openingBalance").GetDecimal(),
            found.GetProperty("debits").GetDecimal(),
            found.GetProperty("credits").GetDecimal(),
            found.GetProperty("closingBalance").GetDecimal()
        );
    }

    private async Task<List<JsonElement>> BalancesAsync(string month)
    {
        var answer = await lender.Manager.GetAsync($"admin/ledger/trial-balance?month={month}");
        answer.Status.ShouldBe(200, answer.Body);
        return [.. answer.Data.GetProperty("accounts").EnumerateArray()];
    }
}
