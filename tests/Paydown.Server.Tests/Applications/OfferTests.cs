using Paydown.Lending.Products;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

/// <summary>
/// The use cases of customers with offers: GetApplication, GetLoanOffer, AcceptOffer, RejectOffer, UpdateApplication,
/// AcceptTerms, CancelApplication.
/// </summary>
public sealed class OfferTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_offer_shows_its_full_cost()
    {
        var product = await AddAsync(usual =>
            usual with
            {
                Fees =
                [
                    new("Processing fee", FeeKind.Percent, Kobo(0), 1, FeeCharged.Deducted),
                    new("Insurance", FeeKind.Flat, Kobo(60_00), 0, FeeCharged.Added),
                ],
            }
        );
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.OfferAsync(product);
        var offer = (await applying.Applicant.GetAsync("user/get-loan-offer"))
            .ShouldSucceed()
            .EnumerateArray()
            .Single();

        offer.GetProperty("loanApplicationId").GetGuid().ShouldBe(id);
        offer.GetProperty("installmentAmount").GetDecimal().ShouldBe(1066.19m);
        offer.GetProperty("advancedAmount").GetDecimal().ShouldBe(11_880);
        var total = offer.GetProperty("totalRepaymentAmount").GetDecimal();
        var schedule = offer.GetProperty("schedule").EnumerateArray().ToList();
        schedule.Sum(row => row.GetProperty("installmentAmount").GetDecimal()).ShouldBe(total);
        schedule[0].GetProperty("feesAmount").GetDecimal().ShouldBe(60);
        schedule[^1].GetProperty("principalBalance").GetDecimal().ShouldBe(0);
        offer.GetProperty("totalCost").GetDecimal().ShouldBe(total - 11_880);
        offer.GetProperty("annualPercentageRate").GetDecimal().ShouldBeInRange(12.01m, 20m);
        offer
            .GetProperty("fees")
            .EnumerateArray()
            .Select(fee => fee.GetProperty("charged").GetString())
            .ShouldBe(["DEDUCTED", "ADDED"]);
        offer
            .GetProperty("expiresAt")
            .GetDateTimeOffset()
            .ShouldBe(new DateTimeOffset(server.Today.AddDays(15), default, default));
    }

    [Fact]
    public async Task An_offer_can_be_accepted_until_the_moment_it_expires()
    {
        var product = await AddAsync(usual => usual with { OfferValidDays = 3 });
        var (kept, missed) = (await TestApplication.CreateAsync(server), await TestApplication.CreateAsync(server));
        var (keptId, missedId) = (await kept.OfferAsync(product), await missed.OfferAsync(product));
        var expiresAt = (await kept.Applicant.GetAsync("user/get-loan-offer"))
            .ShouldSucceed()[0]
            .GetProperty("expiresAt")
            .GetDateTimeOffset();
        server.Clock.Advance(expiresAt - server.Clock.GetUtcNow() - TimeSpan.FromMinutes(10));
        (await kept.Applicant.PutAsync($"user/accept-loan-offer/{keptId}/accept")).ShouldSucceed();

        server.Clock.Advance(TimeSpan.FromMinutes(10));
        (await missed.StatusAsync(missedId)).ShouldBe("EXPIRED");
        (await missed.Applicant.PutAsync($"user/accept-loan-offer/{missedId}/accept"))
            .ShouldBeRefused(409, "APPLICATION_STATE")
            .Body.ShouldContain("This application is EXPIRED");
        (await missed.Applicant.GetAsync("user/get-loan-offer")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await kept.StatusAsync(keptId)).ShouldBe("ACCEPTED");
    }

    [Fact]
    public async Task An_offer_can_be_accepted_rejected_or_withdrawn_only_once()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var client = applying.Applicant;
        var rejected = await applying.OfferAsync(product);
        (await client.PutAsync($"user/accept-loan-offer/{rejected}/reject"))
            .ShouldSucceed()
            .GetProperty("loanApplicationStatusEnum")
            .GetString()
            .ShouldBe("REJECTED");
        (await client.PutAsync($"user/accept-loan-offer/{rejected}/accept"))
            .ShouldBeRefused(409, "APPLICATION_STATE")
            .Body.ShouldContain("This application is REJECTED");
        var withdrawn = await applying.OfferAsync(product);
        var updated = (
            await client.PutAsync($"user/update-application/{withdrawn}?status=false", null, "same-key")
        ).ShouldSucceed();
        updated
            .EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe([
                "applicationId",
                "loanProductId",
                "userName",
                "productName",
                "currencyCode",
                "employmentStatus",
                "loanApplicationcreatedDate",
                "userId",
                "durationCounterUnitEnum",
                "requestedLoanAmount",
                "loanStatus",
                "monthlyIncome",
                "dateOfBirth",
                "loanDuration",
            ]);
        updated.GetProperty("loanStatus").GetString().ShouldBe("WITHDRAWN");
        (await client.PutAsync($"user/update-application/{withdrawn}?status=true", null, "same-key")).ShouldBeRefused(
            422,
            "IDEMPOTENCY_KEY_REUSED"
        );
        var accepted = await applying.OfferAsync(product);
        (await client.PutAsync($"user/update-application/{accepted}?status=true"))
            .ShouldSucceed()
            .GetProperty("loanStatus")
            .GetString()
            .ShouldBe("ACCEPTED");
        (await client.PutAsync($"user/update-application/{accepted}")).ShouldBeRefused(400, "BAD_REQUEST");
        (await client.GetAsync("user/get-loan-offer")).ShouldSucceed().GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Only_an_open_offer_can_be_answered_and_terms_only_accepted_after_it()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var client = applying.Applicant;
        var id = await applying.RequestAsync(product);
        foreach (
            var path in new[]
            {
                $"user/accept-loan-offer/{id}/accept",
                $"user/accept-loan-offer/{id}/reject",
                $"user/update-application/{id}?status=true",
                $"user/update-application/{id}?status=false",
                $"user/accept-terms-and-conditions/{id}",
            }
        )
        {
            (await client.PutAsync(path))
                .ShouldBeRefused(409, "APPLICATION_STATE")
                .Body.ShouldContain("This application is REQUESTED");
        }

        (await applying.StatusAsync(id)).ShouldBe("REQUESTED");
    }

    [Fact]
    public async Task An_expired_offer_is_shown_as_expired_everywhere_and_blocks_no_new_application()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var client = applying.Applicant;
        var id = await applying.OfferAsync(product);
        server.Clock.AdvanceDays(product.OfferValidDays + 1);
        (await client.GetAsync("user/get-loan-offer")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await applying.StatusAsync(id)).ShouldBe("EXPIRED");
        (await applying.Officer.GetAsync("admin/loan-applications?status=EXPIRED"))
            .ShouldSucceed()
            .EnumerateArray()
            .ShouldContain(one => one.GetProperty("id").GetGuid() == id);
        (await StoredAsync(id)).ShouldBe("OFFER_SENT");
        (await client.PutAsync($"user/accept-loan-offer/{id}/accept"))
            .ShouldBeRefused(409, "APPLICATION_STATE")
            .Body.ShouldContain("This application is EXPIRED");
        (await StoredAsync(id)).ShouldBe("EXPIRED");

        var next = await applying.OfferAsync(product);
        server.Clock.AdvanceDays(product.OfferValidDays + 1);
        (await applying.Officer.PutAsync($"admin/loan-application/{next}/cancel")).ShouldBeRefused(
            409,
            "APPLICATION_STATE"
        );
        await applying.RequestAsync(product);
        (await StoredAsync(next)).ShouldBe("EXPIRED");
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_customer_can_cancel_until_the_loan_is_paid_out()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        foreach (
            var create in new Func<LoanProduct, Task<Guid>>[]
            {
                one => applying.RequestAsync(one),
                one => applying.ApproveAsync(one),
                one => applying.OfferAsync(one),
                one => applying.AcceptAsync(one),
                one => applying.AcceptTermsAsync(one),
            }
        )
        {
            var id = await create(product);
            (await applying.Applicant.PutAsync($"user/cancel-application/{id}"))
                .ShouldSucceed()
                .GetProperty("loanApplicationStatusEnum")
                .GetString()
                .ShouldBe("CANCELLED");
            (await applying.Applicant.PutAsync($"user/cancel-application/{id}")).ShouldBeRefused(
                409,
                "APPLICATION_STATE"
            );
        }

        var paidOut = await applying.AcceptTermsAsync(product);
        (await applying.Officer.PutAsync($"admin/loan-application/{paidOut}/disburse")).ShouldSucceed();
        (await applying.Applicant.PutAsync($"user/cancel-application/{paidOut}")).ShouldBeRefused(
            409,
            "APPLICATION_STATE"
        );
    }

    [Fact]
    public async Task Applications_of_others_look_as_if_they_did_not_exist()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.OfferAsync(product);
        var (other, stranger) = (
            await server.Lender.AddCustomerAsync(),
            await server.OtherLender.AddUserAsync(Role.Manager)
        );
        var customer = other;
        var foreign = stranger;
        foreach (
            var path in new[]
            {
                $"user/accept-loan-offer/{id}/accept",
                $"user/update-application/{id}?status=true",
                $"user/accept-terms-and-conditions/{id}",
                $"user/cancel-application/{id}",
            }
        )
        {
            var told = (await customer.PutAsync(path)).ShouldBeRefused(404, "NOT_FOUND");
            var nothing = await customer.PutAsync(path.Replace($"{id}", $"{server.Ids.Next()}"));
            told.Body.ShouldBe(nothing.Body);
        }

        (await customer.GetAsync($"user/loan-application-details/{id}")).ShouldBeRefused(404, "NOT_FOUND");
        (await foreign.GetAsync($"admin/loan-application/{id}")).ShouldBeRefused(404, "NOT_FOUND");
        foreach (var step in new[] { "approve", "send-offer", "disburse", "cancel" })
            (await foreign.PutAsync($"admin/loan-application/{id}/{step}")).ShouldBeRefused(404, "NOT_FOUND");
        (await foreign.GetAsync("admin/loan-applications")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await customer.GetAsync("user/get-loan-offer")).ShouldSucceed().GetArrayLength().ShouldBe(0);
    }

    private async Task<LoanProduct> AddAsync(Func<LoanProduct, LoanProduct> change) =>
        await server.Lender.AddProductAsync(change(TestProducts.Salary));

    private Task<string> StoredAsync(Guid id) =>
        server.ScalarAsync<string>("select status from loan_application where id = $1", id);
}
