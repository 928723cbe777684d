using System.Text.Json;
using Paydown.Lending.Products;
using Paydown.Server.Applications;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Applications;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Approvals;

/// <summary>
/// Two people approve and pay out a loan above the four-eyes amount of its product or of the organisation. See
/// <see cref="ApproveApplication"/>, <see cref="DisburseLoan"/>, <see cref="AcceptTerms"/>, <see cref="RequestLoan"/>.
/// </summary>
public sealed class FourEyesLendingTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await SetLimitAsync(null);

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task A_payout_above_the_amount_needs_two_different_managers()
    {
        var (applying, second, product) = await CreateAsync(usual => usual);
        var id = await applying.AcceptTermsAsync(product);
        await SetLimitAsync(11_999_99);
        var path = $"admin/loan-application/{id}/disburse";
        var first = await applying.Officer.PutAsync(path, new { }, "once");
        var waiting = first.ShouldSucceed();
        IsAwaiting(waiting).ShouldBeTrue();
        waiting.GetProperty("accountId").ValueKind.ShouldBe(JsonValueKind.Null);
        waiting.GetProperty("walletCredit").GetDecimal().ShouldBe(0);
        (await applying.WalletAsync()).ShouldBe(0);
        (await applying.Officer.PutAsync(path, new { }, "once")).Body.ShouldBe(first.Body);
        (await applying.Officer.PutAsync(path)).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        // A lifted amount still applies to an application that was made before.
        await SetLimitAsync(null);
        (await applying.Officer.PutAsync(path)).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        IsAwaiting((await second.PutAsync(path)).ShouldSucceed()).ShouldBeFalse();
        (await applying.WalletAsync()).ShouldBe(12_000_00);
        (await second.PutAsync(path)).ShouldBeRefused(409, "APPLICATION_STATE");
    }

    [Fact]
    public async Task Tranches_count_together_so_none_stays_below_the_amount()
    {
        var (applying, second, product) = await CreateAsync(usual =>
            usual with
            {
                DisbursementsMax = 3,
                Schedule = usual.Schedule with { ScheduleType = Paydown.Lending.Terms.ScheduleType.Progressive },
            }
        );
        var id = await applying.AcceptTermsAsync(product);
        await SetLimitAsync(8_000_00);
        var path = $"admin/loan-application/{id}/disburse";
        IsAwaiting((await applying.Officer.PutAsync(path, new { amount = 8000 })).ShouldSucceed()).ShouldBeFalse();
        IsAwaiting((await applying.Officer.PutAsync(path, new { amount = 1000 })).ShouldSucceed()).ShouldBeTrue();
        IsAwaiting((await second.PutAsync(path, new { amount = 1001 })).ShouldSucceed()).ShouldBeTrue();
        IsAwaiting((await applying.Officer.PutAsync(path, new { amount = 1001 })).ShouldSucceed()).ShouldBeFalse();
        (await applying.WalletAsync()).ShouldBe(9_001_00);
    }

    [Fact]
    public async Task Concurrent_calls_by_two_managers_pay_out_once()
    {
        var (applying, second, product) = await CreateAsync(usual => usual);
        var id = await applying.AcceptTermsAsync(product);
        await SetLimitAsync(1_00);
        var path = $"admin/loan-application/{id}/disburse";
        var answers = await Task.WhenAll(
            applying.Officer.PutAsync(path),
            second.PutAsync(path),
            applying.Officer.PutAsync(path),
            second.PutAsync(path)
        );
        answers.Count(answer => (int)answer.Status == 200).ShouldBe(2);
        (await applying.WalletAsync()).ShouldBe(12_000_00);
    }

    [Fact]
    public async Task The_products_amount_applies_to_payouts_too()
    {
        var (applying, second, product) = await CreateAsync(usual => usual with { FourEyesAbove = Kobo(11_999_99) });
        var id = await applying.RequestAsync(product);
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/approve")).ShouldSucceed();
        (await second.PutAsync($"admin/loan-application/{id}/approve")).ShouldSucceed();
        await AcceptTermsAsync(applying, id);
        IsAwaiting((await second.PutAsync($"admin/loan-application/{id}/disburse")).ShouldSucceed()).ShouldBeTrue();
        IsAwaiting((await applying.Officer.PutAsync($"admin/loan-application/{id}/disburse")).ShouldSucceed())
            .ShouldBeFalse();
    }

    [Fact]
    public async Task Above_the_amount_nothing_is_approved_or_paid_out_automatically()
    {
        var (applying, second, product) = await CreateAsync(usual =>
            usual with
            {
                ApprovesAutomatically = true,
                DisbursesAutomatically = true,
            }
        );
        await SetLimitAsync(11_999_99);
        var id = await applying.RequestAsync(product);
        (await applying.StatusAsync(id)).ShouldBe("REQUESTED");
        var approve = $"admin/loan-application/{id}/approve";
        (await applying.Officer.PutAsync(approve))
            .ShouldSucceed()
            .GetProperty("loanApplicationStatus")
            .GetString()
            .ShouldBe("REQUESTED");
        (await applying.Officer.PutAsync(approve)).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        (await second.PutAsync(approve))
            .ShouldSucceed()
            .GetProperty("loanApplicationStatus")
            .GetString()
            .ShouldBe("APPROVED");
        await AcceptTermsAsync(applying, id);
        (await applying.StatusAsync(id)).ShouldBe("ACCEPTED");
        (await applying.WalletAsync()).ShouldBe(0);
        await SetLimitAsync(12_000_00);

        var (alone, _, _) = await CreateAsync(usual => usual);
        var small = await alone.RequestAsync(product);
        (await alone.StatusAsync(small)).ShouldBe("OFFER_SENT");
        (await alone.Applicant.PutAsync($"user/accept-loan-offer/{small}/accept")).ShouldSucceed();
        (await alone.Applicant.PutAsync($"user/accept-terms-and-conditions/{small}")).ShouldSucceed();
        (await alone.WalletAsync()).ShouldBe(12_000_00);
    }

    [Fact]
    public async Task An_api_token_never_counts_as_one_of_the_two_people()
    {
        var (applying, _, product) = await CreateAsync(usual => usual);
        var paidOut = await applying.AcceptTermsAsync(product);
        var accountId = (await applying.Officer.PutAsync($"admin/loan-application/{paidOut}/disburse"))
            .ShouldSucceed()
            .GetProperty("accountId")
            .GetGuid();
        var (next, _, _) = await CreateAsync(usual => usual);
        var id = await next.AcceptTermsAsync(product);
        await SetLimitAsync(1_00);
        var (_, token) = await server.Lender.AddApiTokenAsync(Scopes.LoansWrite | Scopes.ApplicationsDecide);
        var machine = server.HolderOf(token);
        (await machine.PutAsync($"admin/loan-application/{id}/disburse")).ShouldBeRefused(403, "PERSON_REQUIRED");
        (
            await machine.PostAsync($"admin/loans/{accountId}/charges", new { kind = "FEE", amount = 1.01 })
        ).ShouldBeRefused(403, "PERSON_REQUIRED");
        (await machine.PostAsync($"admin/loans/{accountId}/charges", new { kind = "FEE", amount = 1 })).ShouldSucceed();
    }

    private static bool IsAwaiting(JsonElement data) =>
        data.GetProperty("awaitedApproval").ValueKind != JsonValueKind.Null;

    private static async Task AcceptTermsAsync(TestApplication applying, Guid id)
    {
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldSucceed();
    }

    private async Task<(TestApplication TestApplication, TestUser Second, LoanProduct Product)> CreateAsync(
        Func<LoanProduct, LoanProduct> change
    ) =>
        (
            await TestApplication.CreateAsync(server),
            (await server.Lender.AddUserAsync(Role.Manager)),
            await server.Lender.AddProductAsync(change(TestProducts.Salary))
        );

    private Task SetLimitAsync(long? minor) => server.Lender.ChangeAsync(("fourEyesAbove", minor / 100m));
}
