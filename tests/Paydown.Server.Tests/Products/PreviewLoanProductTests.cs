using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Products;

/// <summary><see cref="PreviewLoanProduct"/>.</summary>
public sealed class PreviewLoanProductTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Path = "admin/loan-product-previews";

    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_loan_of_a_definition_is_shown_and_nothing_is_stored()
    {
        const string count = "select count(*) from loan_product_version";
        var before = await server.ScalarAsync<long>(count);

        var shown = (await lender.Manager.PostAsync(Path, Draft())).ShouldSucceed();

        shown.GetProperty("payoutDate").GetString().ShouldBe("2026-01-31");
        shown.GetProperty("advancedAmount").GetDecimal().ShouldBe(11_820);
        var rows = shown.GetProperty("schedule").EnumerateArray().ToList();
        rows.Count.ShouldBe(12);
        rows[0].GetProperty("dueDate").GetString().ShouldBe("2026-02-28");
        rows[0].GetProperty("interestAmount").GetDecimal().ShouldBe(240);
        Sum(rows, "principalAmount").ShouldBe(12_000);
        shown.GetProperty("totalInterest").GetDecimal().ShouldBe(Sum(rows, "interestAmount"));
        shown.GetProperty("totalRepaymentAmount").GetDecimal().ShouldBe(Sum(rows, "installmentAmount"));
        shown.GetProperty("annualPercentageRate").GetDecimal().ShouldBeGreaterThan(24);
        (await server.ScalarAsync<long>(count)).ShouldBe(before);
    }

    [Fact]
    public async Task The_preview_is_what_the_customer_is_then_offered()
    {
        var product = await lender.AddProductAsync();
        var definition = JsonNode
            .Parse((await lender.Manager.GetAsync($"admin/loan-products/{product.Id}")).ShouldSucceed().GetRawText())!
            .AsObject();
        foreach (var other in (string[])["id", "version", "changedBy", "changedAt", "versions"])
            definition.Remove(other);
        definition["loan"] = new JsonObject { ["amount"] = 12_000, ["duration"] = 12 };

        var shown = (await lender.Manager.PostAsync(Path, definition)).ShouldSucceed();

        var customer = await lender.AddCustomerAsync();
        await new TestApplication(lender, customer).OfferAsync(product);
        var offer = (await customer.GetAsync("user/get-loan-offer")).ShouldSucceed()[0];
        var amount = offer.GetProperty("offeredAmount").GetDecimal();
        var duration = offer.GetProperty("loanDuration").GetInt32();
        definition["loan"] = new JsonObject { ["amount"] = amount, ["duration"] = duration };
        shown = (await lender.Manager.PostAsync(Path, definition)).ShouldSucceed();
        shown.GetProperty("schedule").GetRawText().ShouldBe(offer.GetProperty("schedule").GetRawText());
        shown
            .GetProperty("annualPercentageRate")
            .GetDecimal()
            .ShouldBe(offer.GetProperty("annualPercentageRate").GetDecimal());
    }

    [Fact]
    public async Task What_is_wrong_is_named_in_the_product_or_in_the_loan()
    {
        await ShouldRefuseAsync(draft => draft["minimumDuration"] = 30, "maximumDuration");
        await ShouldRefuseAsync(draft => draft["loan"]!["amount"] = 999, "loan.amount");
        await ShouldRefuseAsync(draft => draft["loan"]!["amount"] = 1000.005m, "loan.amount");
        await ShouldRefuseAsync(draft => draft["loan"]!["duration"] = 25, "loan.duration");
        await ShouldRefuseAsync(draft => draft["loan"]!["interestRate"] = 31, "loan.interestRate");
        await ShouldRefuseAsync(draft => draft["loan"]!["firstDueDate"] = "2026-02-10", "loan.firstDueDate");
        await ShouldRefuseAsync(draft => draft["loan"]!["payoutDate"] = "9999-12-31", "loan.payoutDate");
    }

    [Fact]
    public async Task Only_managers_see_it()
    {
        (await lender.Customer.PostAsync(Path, Draft())).Status.ShouldBe(403);
        (await lender.Cashier.PostAsync(Path, Draft())).Status.ShouldBe(403);
    }

    private static JsonObject Draft()
    {
        var draft = ProductDrafts.Salary();
        draft["loan"] = new JsonObject
        {
            ["amount"] = 12_000,
            ["duration"] = 12,
            ["payoutDate"] = "2026-01-31",
        };
        return draft;
    }

    private async Task ShouldRefuseAsync(Action<JsonObject> change, string field)
    {
        var draft = Draft();
        change(draft);
        var refused = await lender.Manager.PostAsync(Path, draft);
        refused.ShouldBeRefused(422, "VALIDATION_ERROR");
        refused.Body.ShouldContain($"\"field\":\"{field}\"", customMessage: refused.Body);
    }

    private static decimal Sum(IEnumerable<JsonElement> rows, string field) =>
        rows.Sum(row => row.GetProperty(field).GetDecimal());
}
