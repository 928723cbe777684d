using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class WithdrawRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_withdrawn_report_becomes_payable_again_and_is_shown_as_rejected()
    {
        var loan = await lender.OpenLoanAsync();
        var payable = loan.TotalPayable(loan.Replay(lender.Today));
        var id = await lender.ReportAsync(loan, payable.MinorUnits, lender.Today);
        var answer = await WithdrawAsync(id);
        answer.Status.ShouldBe(200, answer.Body);
        answer.Data.GetProperty("verificationStatus").GetString().ShouldBe("REJECTED");
        answer.Data.GetProperty("rejectionReason").GetString().ShouldBe("Withdrawn by the customer.");
        answer.Data.GetProperty("totalPayable").GetDecimal().ShouldBe(payable.Major);

        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
        var shown = await lender.Cashier.GetAsync($"admin/repayments/{id}");
        shown.Data.GetProperty("isWithdrawn").GetBoolean().ShouldBeTrue();
        shown.Data.GetProperty("decisions")[0].GetProperty("decidedBy").GetGuid().ShouldBe(lender.Customer.UserId);
        (
            await server.ScalarAsync<long>(
                "select count(*) from outbox_event where account_id = $1 and type = 'REPAYMENT_REJECTED'",
                loan.Id
            )
        ).ShouldBe(1);
        var again = await WithdrawAsync(id);
        (again.Status, again.Code).ShouldBe((409, "ALREADY_DECIDED"));
        (await lender.Cashier.PutAsync($"admin/repayments/{id}/verify")).Code.ShouldBe("ALREADY_DECIDED");
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task An_approved_decided_or_recorded_repayment_cannot_be_withdrawn()
    {
        var loan = await lender.OpenLoanAsync();
        var verified = await lender.PayAsync(loan, 10_000, lender.Today);
        (await WithdrawAsync(verified)).Code.ShouldBe("ALREADY_DECIDED");
        var recorded = await lender.Cashier.PostAsync(
            "admin/repayments",
            new
            {
                accountId = loan.Id,
                repaymentAmount = 1,
                paymentMethod = "CASH",
            }
        );
        var refused = await WithdrawAsync(recorded.Data.GetProperty("id").GetGuid());
        (refused.Status, refused.Code).ShouldBe((409, "CANNOT_WITHDRAW"));

        await lender.ChangeAsync(("fourEyesAbove", 2000));
        var approved = await lender.ReportAsync(loan, 200_001, lender.Today);
        await lender.Cashier.PutAsync($"admin/repayments/{approved}/verify");
        (await WithdrawAsync(approved)).Code.ShouldBe("CANNOT_WITHDRAW");
    }

    [Fact]
    public async Task Another_customers_report_looks_like_one_that_does_not_exist()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, 10_000, lender.Today);
        var stranger = await lender.AddCustomerAsync();
        var foreign = await WithdrawAsync(id, stranger);
        var unknown = await WithdrawAsync(server.Ids.Next(), stranger);
        (foreign.Status, foreign.Body).ShouldBe((404, unknown.Body));
        (await WithdrawAsync(id, lender.Cashier)).Status.ShouldBe(403);
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(10_000);
    }

    [Fact]
    public async Task Of_a_concurrent_withdrawal_and_decisions_exactly_one_wins()
    {
        var loan = await lender.OpenLoanAsync();
        for (var round = 0; round < 5; round++)
        {
            var id = await lender.ReportAsync(loan, 1_000, lender.Today);
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 9)
                    .Select(turn =>
                        (turn % 3) switch
                        {
                            0 => lender.Cashier.PutAsync($"admin/repayments/{id}/verify"),
                            1 => WithdrawAsync(id),
                            _ => lender.Manager.PutAsync(
                                $"admin/repayments/{id}/reject",
                                new { reason = "Not found." }
                            ),
                        }
                    )
            );
            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "ALREADY_DECIDED");
        }

        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_repeat_with_the_key_gets_the_same_response_byte_for_byte()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, 1_000, lender.Today);
        var key = server.Ids.Next().ToString();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => lender.Customer.PutAsync($"user/repayments/{id}/withdraw", null, key))
        );
        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
    }

    private Task<Reply> WithdrawAsync(Guid id, TestUser? caller = null) =>
        (caller ?? lender.Customer).PutAsync($"user/repayments/{id}/withdraw");
}
