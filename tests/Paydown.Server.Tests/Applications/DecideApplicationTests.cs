using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

/// <summary>
/// The use cases of officers: GetApplicationForOfficer, ListApplications, ApproveApplication, RejectApplication,
/// SendOffer, CancelApplicationForOfficer.
/// </summary>
public sealed class DecideApplicationTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_manager_approves_with_terms_and_sends_the_offer()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.RequestAsync(product);
        var approved = (
            await applying.Officer.PutAsync(
                $"admin/loan-application/{id}/approve",
                new
                {
                    amount = 10000.5,
                    interestRate = 15.25,
                    duration = 6,
                }
            )
        ).ShouldSucceed();
        approved.GetProperty("loanApplicationStatus").GetString().ShouldBe("APPROVED");
        approved.GetProperty("approvedAmount").GetDecimal().ShouldBe(10000.5m);
        (
            await server.ScalarAsync<long>(
                "select count(*) from audit_entry where subject_id = $1 and action = 'APPLICATION_APPROVED'",
                id
            )
        ).ShouldBe(1);
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/approve")).ShouldBeRefused(
            409,
            "APPLICATION_STATE"
        );
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldBeRefused(
            409,
            "APPLICATION_STATE"
        );
        var offer = (await applying.Applicant.GetAsync("user/get-loan-offer")).ShouldSucceed()[0];
        (
            offer.GetProperty("offeredAmount").GetDecimal(),
            offer.GetProperty("interestRate").GetDecimal(),
            offer.GetProperty("loanDuration").GetInt32()
        ).ShouldBe((10000.5m, 15.25m, 6));
    }

    [Fact]
    public async Task Terms_outside_the_product_are_refused()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.RequestAsync(product);
        foreach (
            var terms in new object[]
            {
                new { amount = 99.99 },
                new { amount = 50000.01 },
                new { amount = 100.001 },
                new { interestRate = 5.99 },
                new { interestRate = 24.01 },
                new { duration = 25 },
                new { amount = -1e300 },
            }
        )
        {
            (await applying.Officer.PutAsync($"admin/loan-application/{id}/approve", terms)).ShouldBeRefused(
                422,
                "VALIDATION_ERROR"
            );
        }
    }

    [Fact]
    public async Task Above_the_four_eyes_amount_two_managers_must_approve_the_same_terms()
    {
        var product = await server.Lender.AddProductAsync(TestProducts.Salary with { FourEyesAbove = Kobo(10_000_00) });
        var applying = await TestApplication.CreateAsync(server);
        var second = (await server.Lender.AddUserAsync(Role.Manager));
        var path = $"admin/loan-application/{await applying.RequestAsync(product)}/approve";
        var first = (await applying.Officer.PutAsync(path)).ShouldSucceed();
        (StatusOf(first), first.GetProperty("approvalsNeeded").GetInt32()).ShouldBe(("REQUESTED", 1));
        (await applying.Officer.PutAsync(path)).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        // Other terms need two approvals again.
        StatusOf((await second.PutAsync(path, new { amount = 11000 })).ShouldSucceed()).ShouldBe("REQUESTED");
        (await second.PutAsync(path, new { amount = 11000 })).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        StatusOf((await applying.Officer.PutAsync(path, new { amount = 11000 })).ShouldSucceed()).ShouldBe("APPROVED");
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_manager_rejects_and_cancels_with_a_reason_that_the_customer_sees()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var rejected = await applying.RequestAsync(product);
        (
            await applying.Officer.PutAsync($"admin/loan-application/{rejected}/reject", new { reason = "No payslip." })
        ).ShouldSucceed();
        (await applying.DetailsAsync(rejected)).GetProperty("reason").GetString().ShouldBe("No payslip.");
        var offered = await applying.OfferAsync(product);
        (
            await applying.Officer.PutAsync($"admin/loan-application/{offered}/reject", new { reason = "Late." })
        ).ShouldBeRefused(409, "APPLICATION_STATE");
        (
            await applying.Officer.PutAsync($"admin/loan-application/{offered}/cancel", new { reason = "Twice." })
        ).ShouldSucceed();
        (await applying.DetailsAsync(offered)).GetProperty("reason").GetString().ShouldBe("Twice.");
        (
            await applying.Officer.PutAsync($"admin/loan-application/{rejected}/reject", new { reason = "" })
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Cashiers_can_read_applications_but_not_decide_on_them()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.RequestAsync(product);
        var cashier = await server.Lender.AddUserAsync(Role.Cashier);
        (await cashier.GetAsync($"admin/loan-application/{id}")).ShouldSucceed();
        (await cashier.PutAsync($"admin/loan-application/{id}/approve")).ShouldBeRefused(403, "FORBIDDEN");
        (await cashier.PutAsync($"admin/loan-application/{id}/disburse")).ShouldBeRefused(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Officers_list_applications_by_status_newest_first_in_pages()
    {
        var product = await server.Lender.AddProductAsync();
        var ids = new List<Guid>();
        TestApplication applying = null!;
        for (var i = 0; i < 3; i++)
        {
            applying = await TestApplication.CreateAsync(server);
            ids.Insert(0, await applying.ApproveAsync(product));
        }

        var page = await applying.Officer.GetAsync("admin/loan-applications?status=APPROVED&size=2");
        var listed = page.ShouldSucceed().EnumerateArray().ToList();
        listed.Select(one => one.GetProperty("id").GetGuid()).ShouldBe(ids.Take(2));
        listed.ShouldAllBe(one => one.GetProperty("loanApplicationStatus").GetString() == "APPROVED");
        page.Json.GetProperty("page").GetProperty("total").GetInt32().ShouldBeGreaterThanOrEqualTo(3);
        (await applying.Officer.GetAsync("admin/loan-applications?status=LOST")).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
    }

    private static string? StatusOf(System.Text.Json.JsonElement application) =>
        application.GetProperty("loanApplicationStatus").GetString();
}
