using Paydown.Lending.Products;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Products;

/// <summary>
/// <see cref="ListProducts"/>, <see cref="ListEligibilityQuestions"/>, <see cref="GetLoanTerms"/>: what customers and
/// agents see.
/// </summary>
public sealed class OfferedProductsTests(TestLender lender) : IClassFixture<TestLender>
{
    [Fact]
    public async Task Customers_and_agents_see_what_is_open_and_not_which_answers_pass()
    {
        var product = await lender.AddProductAsync(Asking());
        var closed = await lender.AddProductAsync(isOpen: false);
        foreach (var caller in (Caller[])[lender.Customer, lender.Customer with { Role = Role.Agent }])
        {
            var list = await lender.GetAsync(caller, "user/list-products");
            list.Body.ShouldNotContain(closed.Id.ToString());
            var shown = list.Data.EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == product.Id);
            shown.GetProperty("minimumAmount").GetDecimal().ShouldBe(100m);
            shown.GetProperty("durationUnit").GetString().ShouldBe("MONTHS");
            shown.GetProperty("interestMethod").GetString().ShouldBe("DECLINING_BALANCE");

            var asked = await lender.GetAsync(caller, $"user/loan-eligibility-questions/{product.Id}");
            asked.Data[0].GetProperty("question").GetString().ShouldBe("What for?");
            asked.Data[0].GetProperty("options").GetArrayLength().ShouldBe(2);
            asked.Body.ShouldNotContain("passing");
        }

        (await lender.GetAsync(lender.Stranger, "user/list-products")).Data.GetArrayLength().ShouldBe(0);
        (await lender.GetAsync(lender.Stranger, $"user/loan-eligibility-questions/{product.Id}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_terms_span_the_open_products_of_ones_own_lender()
    {
        await lender.AddProductAsync();
        await lender.AddProductAsync(
            TestProducts.Salary(lender.Ids.Next()) with
            {
                Name = "Dear Loan",
                AnnualRatePercent = 40,
                AnnualRatePercentMax = 48,
            }
        );
        await lender.AddProductAsync(
            TestProducts.Salary(lender.Ids.Next()) with
            {
                AnnualRatePercentMax = 99,
            },
            isOpen: false
        );
        var path = $"user/get-loan-terms/{lender.OrganisationId}";
        var terms = (await lender.GetAsync(lender.Customer, path)).Data;

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

        (await lender.GetAsync(lender.Stranger, path)).Status.ShouldBe(404);
        var own = $"user/get-loan-terms/{lender.Stranger.OrganisationId}";
        (await lender.GetAsync(lender.Stranger, own))
            .Data.GetProperty("interestRateRange")
            .ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    private LoanProduct Asking() =>
        TestProducts.Salary(lender.Ids.Next()) with
        {
            Questions =
            [
                new()
                {
                    Id = lender.Ids.Next(),
                    Question = "What for?",
                    Type = QuestionType.Choice,
                    Options = ["Rent", "School"],
                    PassingAnswers = ["School"],
                },
            ],
        };
}
