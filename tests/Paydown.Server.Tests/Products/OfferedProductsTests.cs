using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Products;

/// <summary>
/// <see cref="ListProducts"/>, <see cref="ListEligibilityQuestions"/>, <see cref="GetLoanTerms"/>: the products as
/// customers and agents see them.
/// </summary>
public sealed class OfferedProductsTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task Customers_and_agents_see_open_products_without_the_passing_answers()
    {
        var product = await lender.AddProductAsync(Asking());
        var closed = await lender.AddProductAsync(isOpen: false);
        foreach (var caller in (TestUser[])[lender.Customer, await lender.AddUserAsync(Role.Agent)])
        {
            var list = await caller.GetAsync("user/list-products");
            list.Body.ShouldNotContain(closed.Id.ToString());
            var shown = list.Data.EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == product.Id.Value);
            shown.GetProperty("minimumAmount").GetDecimal().ShouldBe(100m);
            shown.GetProperty("durationUnit").GetString().ShouldBe("MONTHS");
            shown.GetProperty("interestMethod").GetString().ShouldBe("DECLINING_BALANCE");

            var asked = await caller.GetAsync($"user/loan-eligibility-questions/{product.Id}");
            asked.Data[0].GetProperty("question").GetString().ShouldBe("What for?");
            asked.Data[0].GetProperty("options").GetArrayLength().ShouldBe(2);
            asked.Body.ShouldNotContain("passing");
        }

        (await server.OtherLender.Manager.GetAsync("user/list-products")).Data.GetArrayLength().ShouldBe(0);
        (await server.OtherLender.Manager.GetAsync($"user/loan-eligibility-questions/{product.Id}")).Status.ShouldBe(
            404
        );
    }

    [Fact]
    public async Task The_terms_cover_the_open_products_of_the_callers_lender()
    {
        await lender.AddProductAsync();
        await lender.AddProductAsync(
            TestProducts.Salary with
            {
                Name = "Dear Loan",
                AnnualRatePercent = 40,
                AnnualRatePercentMax = 48,
            }
        );
        await lender.AddProductAsync(TestProducts.Salary with { AnnualRatePercentMax = 99 }, isOpen: false);
        var path = $"user/get-loan-terms/{lender.Id}";
        var terms = (await lender.Customer.GetAsync(path)).Data;

        terms.GetProperty("interestRateRange").GetProperty("minimum").GetDecimal().ShouldBe(6);
        terms.GetProperty("interestRateRange").GetProperty("maximum").GetDecimal().ShouldBe(48);
        var names = terms
            .GetProperty("repaymentTerms")
            .GetProperty("products")
            .EnumerateArray()
            .Select(one => one.GetProperty("productName").GetString())
            .ToList();
        names[0].ShouldBe("Dear Loan");
        foreach (var part in (string[])["feeStructure", "eligibilityCriteria"])
            terms.GetProperty(part).GetProperty("products").GetArrayLength().ShouldBe(names.Count);
        terms.GetProperty("lastUpdated").GetDateTimeOffset().UtcDateTime.ShouldBeGreaterThan(DateTime.UnixEpoch);

        (await server.OtherLender.Manager.GetAsync(path)).Status.ShouldBe(404);
        var own = $"user/get-loan-terms/{server.OtherLender.Manager.OrganisationId}";
        (await server.OtherLender.Manager.GetAsync(own))
            .Data.GetProperty("interestRateRange")
            .ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    private LoanProduct Asking() =>
        TestProducts.Salary with
        {
            Questions =
            [
                new()
                {
                    Id = server.Ids.Next<QuestionId>(),
                    Question = "What for?",
                    Type = QuestionType.Choice,
                    Options = ["Rent", "School"],
                    PassingAnswers = ["School"],
                },
            ],
        };
}
