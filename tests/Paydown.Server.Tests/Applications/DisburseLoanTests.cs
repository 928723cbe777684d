using Microsoft.AspNetCore.Builder;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

/// <summary>LoanDisbursement, through DisburseLoan and AcceptTerms: from accepted terms to the wallet.</summary>
public sealed class DisburseLoanTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private static readonly IReadOnlyList<ProductFee> Fees =
    [
        new("Processing fee", FeeKind.Percent, Kobo(0), 1, FeeCharged.Deducted),
        new("Stamp duty", FeeKind.Flat, Kobo(10_00), 0, FeeCharged.Deducted),
        new("Insurance", FeeKind.Flat, Kobo(60_00), 0, FeeCharged.Added),
    ];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task A_manager_pays_a_loan_out_to_the_wallet()
    {
        var product = await AddAsync(usual => usual with { Fees = Fees });
        var applying = await TestApplication.CreateAsync(server);
        var accepted = await applying.AcceptAsync(product);
        (await applying.Officer.PutAsync($"admin/loan-application/{accepted}/disburse")).ShouldBeRefused(
            409,
            "TERMS_NOT_ACCEPTED"
        );
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{accepted}"))
            .ShouldSucceed()
            .GetProperty("loanApplicationStatusEnum")
            .GetString()
            .ShouldBe("ACCEPTED");
        (
            await applying.Officer.PutAsync($"admin/loan-application/{accepted}/disburse", new { amount = 11999 })
        ).ShouldBeRefused(422, "VALIDATION_ERROR");

        var paidOut = (await applying.Officer.PutAsync($"admin/loan-application/{accepted}/disburse")).ShouldSucceed();
        paidOut.GetProperty("deductedFees").GetDecimal().ShouldBe(130);
        paidOut.GetProperty("walletCredit").GetDecimal().ShouldBe(11_870);
        (await applying.WalletAsync()).ShouldBe(11_870_00);
        (await applying.StatusAsync(accepted)).ShouldBe("DISBURSED");
        var loan = (
            await applying.Applicant.GetAsync($"user/loan-details-with-payment-history/{accepted}")
        ).ShouldSucceed();
        loan.GetProperty("feesBalance").GetDecimal().ShouldBe(60);
        loan.GetProperty("accountId").GetGuid().ShouldBe(paidOut.GetProperty("accountId").GetGuid());
        loan.GetProperty("paymentHistory")[0].GetProperty("feesAmount").GetDecimal().ShouldBe(60);
        (await applying.Applicant.GetAsync($"user/repayment-instructions/{accepted}"))
            .ShouldSucceed()
            .GetProperty("paymentReference")
            .GetString()
            .ShouldBe(paidOut.GetProperty("repaymentReference").GetString());
        (
            await server.ScalarAsync<long>(
                "select count(*) from outbox_event where customer_id = $1 and type = 'LOAN_DISBURSED'",
                applying.Applicant.UserId
            )
        ).ShouldBe(1);
        (await applying.Officer.PutAsync($"admin/loan-application/{accepted}/disburse")).ShouldBeRefused(
            409,
            "APPLICATION_STATE"
        );
    }

    [Fact]
    public async Task Accepting_the_terms_pays_out_at_once_if_the_product_disburses_automatically()
    {
        var product = await AddAsync(usual => usual with { DisbursesAutomatically = true });
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.AcceptAsync(product);
        var standing = (
            await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}", null, "terms")
        ).ShouldSucceed();
        standing.GetProperty("loanApplicationStatusEnum").GetString().ShouldBe("DISBURSED");
        standing.GetProperty("accountId").GetGuid().ShouldNotBe(Guid.Empty);
        (
            await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}", null, "terms")
        ).IsReplayed.ShouldBeTrue();
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldBeRefused(
            409,
            "APPLICATION_STATE"
        );
        (await applying.WalletAsync()).ShouldBe(12_000_00);
    }

    [Fact]
    public async Task The_wallet_pays_an_automatic_down_payment()
    {
        var product = await AddAsync(usual =>
            usual with
            {
                Schedule = usual.Schedule with { DownPayment = new DownPayment(25, Automatic: true) },
            }
        );
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.AcceptTermsAsync(product);
        var paidOut = (await applying.Officer.PutAsync($"admin/loan-application/{id}/disburse")).ShouldSucceed();
        paidOut.GetProperty("downPayment").GetDecimal().ShouldBe(3_000);
        (await applying.WalletAsync()).ShouldBe(9_000_00);
        (await applying.Applicant.GetAsync($"user/loan-details-with-payment-history/{id}"))
            .ShouldSucceed()
            .GetProperty("principalPaid")
            .GetDecimal()
            .ShouldBe(3_000);
    }

    [Fact]
    public async Task A_loan_is_paid_out_in_tranches_if_the_product_allows_them()
    {
        var product = await AddAsync(usual => usual with { DisbursementsMax = 3, Fees = Fees });
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.AcceptTermsAsync(product);
        var path = $"admin/loan-application/{id}/disburse";
        (await applying.Officer.PutAsync(path, new { amount = 129.99 })).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await applying.Officer.PutAsync(path, new { amount = 5000 }))
            .ShouldSucceed()
            .GetProperty("walletCredit")
            .GetDecimal()
            .ShouldBe(4_870);
        (await applying.Officer.PutAsync(path, new { amount = 7000.01 })).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await applying.Officer.PutAsync(path, new { amount = 3000 }))
            .ShouldSucceed()
            .GetProperty("totalDisbursed")
            .GetDecimal()
            .ShouldBe(8_000);
        (await applying.Officer.PutAsync(path))
            .ShouldSucceed()
            .GetProperty("disbursedAmount")
            .GetDecimal()
            .ShouldBe(4_000);
        (await applying.Officer.PutAsync(path)).ShouldBeRefused(409, "FULLY_DISBURSED");
        (await applying.WalletAsync()).ShouldBe(11_870_00);
        var loan = (await applying.Applicant.GetAsync($"user/loan-details-with-payment-history/{id}")).ShouldSucceed();
        loan.GetProperty("principalBalance").GetDecimal().ShouldBe(12_000);
        loan.GetProperty("paymentHistory")
            .EnumerateArray()
            .Sum(row => row.GetProperty("principalAmount").GetDecimal())
            .ShouldBe(12_000);
    }

    [Fact]
    public async Task Each_tranche_has_its_own_down_payment()
    {
        var product = await AddAsync(usual =>
            usual with
            {
                DisbursementsMax = 2,
                Schedule = usual.Schedule with
                {
                    ScheduleType = ScheduleType.Progressive,
                    DownPayment = new DownPayment(25, Automatic: true),
                },
            }
        );
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.AcceptTermsAsync(product);
        var path = $"admin/loan-application/{id}/disburse";
        (await applying.Officer.PutAsync(path, new { amount = 8000 }))
            .ShouldSucceed()
            .GetProperty("downPayment")
            .GetDecimal()
            .ShouldBe(2_000);
        var second = (await applying.Officer.PutAsync(path)).ShouldSucceed();
        second.GetProperty("downPayment").GetDecimal().ShouldBe(1_000);
        second.GetProperty("walletCredit").GetDecimal().ShouldBe(3_000);
        (await applying.WalletAsync()).ShouldBe(9_000_00);
        var loan = (await applying.Applicant.GetAsync($"user/loan-details-with-payment-history/{id}")).ShouldSucceed();
        var rows = loan.GetProperty("paymentHistory").EnumerateArray().ToList();
        rows.Count.ShouldBe(14);
        rows.Take(2).Select(row => row.GetProperty("principalAmount").GetDecimal()).ShouldBe([2_000, 1_000]);
        rows.Sum(row => row.GetProperty("principalAmount").GetDecimal()).ShouldBe(12_000);
        loan.GetProperty("principalPaid").GetDecimal().ShouldBe(3_000);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Two_hundred_retries_with_one_key_pay_out_once()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var path = $"admin/loan-application/{await applying.AcceptTermsAsync(product)}/disburse";
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => applying.Officer.PutAsync(path, null, "one-key"))
        );
        answers.Select(answer => answer.Body).Distinct().ShouldHaveSingleItem();
        (await applying.WalletAsync()).ShouldBe(12_000_00);
    }

    [Fact]
    public async Task Concurrent_payouts_by_two_managers_and_the_customer_on_two_servers_pay_out_once()
    {
        var product = await AddAsync(usual => usual with { DisbursesAutomatically = true });
        await using var secondServer = await server.StartSecondAsync();
        for (var round = 0; round < 10; round++)
        {
            var applying = await TestApplication.CreateAsync(server);
            var manager = await server.Lender.AddUserAsync(Role.Manager);
            var id = await applying.AcceptAsync(product);
            await AcceptTermsSilentlyAsync(id);
            var answers = await RaceAsync(secondServer, applying, manager, id);
            answers.Count(answer => answer.Code is null).ShouldBe(1);
            answers.Where(answer => answer.Code is not null).ShouldAllBe(answer => answer.Code == "APPLICATION_STATE");
            (await applying.WalletAsync()).ShouldBe(12_000_00);
            (
                await server.ScalarAsync<long>(
                    "select count(*) from loan_account where customer_id = $1",
                    applying.Applicant.UserId
                )
            ).ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_database_refuses_a_second_loan_for_one_application()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.AcceptTermsAsync(product);
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/disburse")).ShouldSucceed();
        await using var connection = await server.Database.OpenConnectionAsync();
        var file = (
            await LoanStore.FindByApplicationAsync(
                connection,
                new(applying.Applicant.UserId),
                new(id),
                forUpdate: false,
                default
            )
        )!;
        var context = new ActionContext(new(applying.Applicant.UserId), server.Now, server.Today, "test");
        var again = new LoanChanges(server.Ids).Open(
            file with
            {
                Id = server.Ids.Next<LoanId>(),
                Reference = "RF18539007547034",
                Events = [],
            },
            Kobo(1),
            server.Today,
            context
        );
        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            LoanChangeStore.WriteAsync(connection, [again], default)
        );
        refused.ConstraintName.ShouldBe("loan_account_application");
    }

    private async Task<Reply[]> RaceAsync(TestServer secondServer, TestApplication applying, TestUser manager, Guid id)
    {
        var customer = applying.Applicant.On(secondServer);
        var elsewhere = manager.On(secondServer);
        return await Task.WhenAll(
            applying.Officer.PutAsync($"admin/loan-application/{id}/disburse"),
            elsewhere.PutAsync($"admin/loan-application/{id}/disburse", null, "elsewhere"),
            manager.PutAsync($"admin/loan-application/{id}/disburse", null, "manager"),
            customer.PutAsync($"user/accept-terms-and-conditions/{id}"),
            applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")
        );
    }

    // Stores an acceptance without a payout, so managers can pay out while the customer accepts.
    private Task AcceptTermsSilentlyAsync(Guid id) =>
        server.BackDoor.ExecuteAsync("update loan_application set terms_accepted_at = now() where id = $1", id);

    private async Task<LoanProduct> AddAsync(Func<LoanProduct, LoanProduct> change) =>
        await server.Lender.AddProductAsync(change(TestProducts.Salary));
}
