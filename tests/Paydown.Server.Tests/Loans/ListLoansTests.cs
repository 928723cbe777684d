using System.Text.Json;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary><see cref="ListLoans"/>.</summary>
public sealed class ListLoansTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Loans = "admin/loans";

    [Fact]
    public async Task A_cashier_finds_a_loan_by_all_that_a_customer_may_say()
    {
        var lender = await server.AddOrganisationAsync();
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer, new() { DaysAgo = 40 });
        await lender.ReportAsync(loan, 50_00, server.Today);
        var email = (await lender.Cashier.GetAsync($"admin/customers/{customer.UserId}"))
            .ShouldSucceed()
            .GetProperty("email")
            .GetString()!;
        string[] said =
        [
            "ada",
            "Ada Example",
            email,
            loan.Reference,
            loan.Reference.ToLowerInvariant().Insert(4, " "),
            loan.Id.ToString(),
            loan.ApplicationId.ToString()!,
            customer.UserId.ToString(),
        ];
        foreach (var text in said)
        {
            var found = await ListAsync(lender.Cashier, $"search={Uri.EscapeDataString(text)}");
            found.ShouldHaveSingleItem(text).GetProperty("accountId").GetGuid().ShouldBe(loan.Id.Value);
        }

        var shown = (await ListAsync(lender.Cashier, "search=ada")).Single();
        shown.GetProperty("customerName").GetString().ShouldBe("Ada Example");
        shown.GetProperty("paymentReference").GetString().ShouldBe(loan.Reference);
        shown.GetProperty("accountState").GetString().ShouldBe("IN_ARREARS");
        shown.GetProperty("overdueAmount").GetRawText().ShouldBe("100");
        shown.GetProperty("daysOverdue").GetInt32().ShouldBe(10);
        shown.GetProperty("amountReported").GetRawText().ShouldBe("50");
        shown.GetProperty("totalBalance").GetRawText().ShouldBe("1200");
        (await ListAsync(lender.Cashier, "search=nobody-at-all")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_combine_and_both_orders_page_by_cursor()
    {
        var lender = await server.AddOrganisationAsync();
        var customer = await lender.AddCustomerAsync();
        var (ten, current) = (await AddAsync(40), await AddAsync(10));
        var forty = await AddAsync(70);
        var closed = await lender.AddLoanAsync(customer, new() { PaidMinor = 1_200_00 });

        (await IdsAsync("")).ShouldBe([closed.Id.Value, forty, current, ten]);
        (await IdsAsync("order=EARLIEST_DUE_FIRST")).ShouldBe([forty, ten, current]);
        (await IdsAsync("overdueDays=1")).ShouldBe([forty, ten]);
        (await IdsAsync("overdueDays=40")).ShouldBe([forty]);
        (await IdsAsync("overdueDays=41")).ShouldBeEmpty();
        (await IdsAsync("overdueDays=1&order=EARLIEST_DUE_FIRST&state=ACTIVE")).ShouldBe([forty, ten]);
        (await IdsAsync("overdueDays=1&state=CLOSED")).ShouldBeEmpty();
        (await IdsAsync("state=CLOSED")).ShouldBe([closed.Id.Value]);
        var product = Uri.EscapeDataString(closed.ProductName);
        (await IdsAsync($"product={product}&state=CLOSED")).ShouldBe([closed.Id.Value]);
        (await IdsAsync($"product={product}&search={customer.UserId}&overdueDays=11")).ShouldBe([forty]);
        (await IdsAsync("product=No+such+product")).ShouldBeEmpty();

        async Task<Guid> AddAsync(int daysAgo) =>
            (await lender.AddLoanAsync(customer, new() { DaysAgo = daysAgo })).Id.Value;

        // All pages of one record each.
        async Task<List<Guid>> IdsAsync(string filter)
        {
            var (ids, after) = (new List<Guid>(), "");
            while (true)
            {
                var page = await lender.Cashier.GetAsync($"{Loans}?size=1&{filter}{after}");
                ids.AddRange(
                    page.ShouldSucceed().EnumerateArray().Select(one => one.GetProperty("accountId").GetGuid())
                );
                if (!page.Json.GetProperty("page").TryGetProperty("next", out var next))
                    return ids;
                after = $"&after={next.GetString()}";
            }
        }
    }

    [Fact]
    public async Task A_repayment_moves_a_loan_out_of_the_overdue_list()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.AddLoanAsync(await lender.AddCustomerAsync(), new() { DaysAgo = 40 });
        (await ListAsync(lender.Cashier, "overdueDays=10")).ShouldHaveSingleItem();
        await lender.PayAsync(loan, 100_00, server.Today);
        (await ListAsync(lender.Cashier, "overdueDays=1")).ShouldBeEmpty();
        (await ListAsync(lender.Cashier, "order=EARLIEST_DUE_FIRST")).ShouldHaveSingleItem();
        await lender.PayAsync(loan, 1_100_00, server.Today);
        (await ListAsync(lender.Cashier, "order=EARLIEST_DUE_FIRST")).ShouldBeEmpty();
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Loans_of_other_lenders_are_not_found_and_customers_may_not_search()
    {
        var (lender, other) = (await server.AddOrganisationAsync(), await server.AddOrganisationAsync());
        var customer = await other.AddCustomerAsync();
        var loan = await other.AddLoanAsync(customer);
        foreach (var text in new[] { loan.Id.ToString(), loan.Reference, customer.UserId.ToString() })
            (await ListAsync(lender.Cashier, $"search={text}")).ShouldBeEmpty();
        (await customer.GetAsync(Loans)).ShouldBeRefused(403, "FORBIDDEN");
    }

    private static async Task<List<JsonElement>> ListAsync(TestUser officer, string query) =>
        [.. (await officer.GetAsync($"{Loans}?{query}")).ShouldSucceed().EnumerateArray()];
}
