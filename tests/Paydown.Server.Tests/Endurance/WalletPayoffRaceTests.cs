using Microsoft.AspNetCore.Builder;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A payoff from the wallet against other calls that need the loan or the money, on two servers of one database. The
/// customer pays once, and the books are right at the end.
/// </summary>
public sealed class WalletPayoffRaceTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    private const int RoundsShort = 10;
    private const int RoundsLong = 500;

    private TestServer second = null!;

    private static int Rounds => LongRun.Count(RoundsShort, RoundsLong);

    public async ValueTask InitializeAsync()
    {
        second = await server.StartSecondAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Of_two_payoffs_of_one_loan_one_pays()
    {
        var pair = PairOf(lender.Customer, lender.Customer);
        for (var round = 0; round < Rounds; round++)
        {
            var (loan, before) = await FundedAsync();
            var answers = await Task.WhenAll(pair.Select(racer => PayOffAsync(racer, loan)));
            answers.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
            answers.Single(answer => answer.Status == 409).Code.ShouldBe("LOAN_CLOSED");
            (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before - loan.Payoff.MinorUnits);
        }
    }

    [Fact]
    public async Task Of_two_loans_that_need_the_same_money_one_is_paid()
    {
        var pair = PairOf(lender.Customer, lender.Customer);
        for (var round = 0; round < Rounds; round++)
        {
            var (one, other) = (await lender.OpenLoanAsync(), await lender.OpenLoanAsync());
            await lender.EmptyWalletAsync(lender.Customer);
            await lender.FundWalletAsync(lender.Customer, one.Payoff.MinorUnits + 1);
            var answers = await Task.WhenAll(PayOffAsync(pair[0], one), PayOffAsync(pair[1], other));
            answers.Select(answer => answer.Status).Order().ShouldBe([200, 422]);
            answers.Single(answer => answer.Status == 422).Code.ShouldBe("INSUFFICIENT_FUNDS");
            (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_payoff_and_a_report_never_both_cover_the_same_debt()
    {
        var pair = PairOf(lender.Customer, lender.Customer);
        var bankAccountId = await lender.BankAccountOfAsync(lender.Customer);
        for (var round = 0; round < Rounds; round++)
        {
            var (loan, before) = await FundedAsync();
            var report = pair[round % 2]
                .RaceAsync(
                    HttpMethod.Post,
                    $"user/repay-loan/{lender.Customer.UserId}",
                    $"report-{loan.Id}",
                    new
                    {
                        repaymentAmount = 50,
                        customerId = lender.Customer.UserId,
                        accountId = loan.Id,
                        bankAccountId,
                        repaymentReference = loan.Reference,
                    }
                );
            var answers = await Task.WhenAll(report, PayOffAsync(pair[1 - round % 2], loan));
            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            var refused = answers.Single(answer => answer.Status != 200);
            refused.Code.ShouldBe(answers[0].Status == 200 ? "REPAYMENTS_PENDING" : "LOAN_CLOSED");
            (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(
                answers[0].Status == 200 ? before : before - loan.Payoff.MinorUnits
            );
        }
    }

    [Fact]
    public async Task A_payoff_and_a_verification_add_up_to_the_debt()
    {
        var pair = PairOf(lender.Customer, lender.Cashier);
        for (var round = 0; round < Rounds; round++)
        {
            var (loan, before) = await FundedAsync();
            var id = await lender.ReportAsync(loan, 5_000, lender.Today);
            var verify = pair[1].RaceAsync(HttpMethod.Put, $"admin/repayments/{id}/verify", $"v{id}");
            var answers = await Task.WhenAll(verify, PayOffAsync(pair[0], loan));
            answers[0].Status.ShouldBe(200, answers[0].Body);
            if (answers[1].Status != 200)
            {
                answers[1].Code.ShouldBe("REPAYMENTS_PENDING");
                (await PayOffAsync(pair[0], loan)).Status.ShouldBe(200);
            }

            (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before - loan.Payoff.MinorUnits + 5_000);
            (await lender.ReadAsync(loan)).Overpaid.MinorUnits.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Concurrent_refunds_never_exceed_the_overpayment()
    {
        var pair = PairOf(lender.Manager, lender.Manager);
        for (var round = 0; round < Rounds; round++)
        {
            var loan = await lender.OpenLoanAsync();
            await lender.PayAsync(loan, loan.Payoff.MinorUnits + 700, lender.Today);
            var before = await lender.ReadWalletAsync(lender.Customer);
            var answers = await Task.WhenAll(
                pair.Select(
                    (racer, i) =>
                        racer.RaceAsync(
                            HttpMethod.Put,
                            $"admin/loans/{loan.Id}/refund-overpayment",
                            $"{loan.Id}-{i}",
                            new { amount = 7 }
                        )
                )
            );
            answers.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
            (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before + 700);
        }
    }

    private async Task<(StoredLoan Loan, long Before)> FundedAsync()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(lender.Customer, loan.Payoff.MinorUnits);
        return (loan, await lender.ReadWalletAsync(lender.Customer));
    }

    private Task<Reply> PayOffAsync(TestUser racer, StoredLoan loan) =>
        racer.RaceAsync(
            HttpMethod.Post,
            "user/payoff-loan",
            $"{server.Ids.Next()}",
            new { loanApplicationId = loan.ApplicationId, paymentMethod = "WALLET" }
        );

    // The first user calls the first server, the second user the second server.
    private TestUser[] PairOf(TestUser one, TestUser other) => [one, other.On(second)];
}
