using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary><see cref="RejectRepayment"/>.</summary>
public sealed class RejectRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const long Installment = 106_619;

    [Fact]
    public async Task A_rejected_repayment_never_counts_and_shows_the_reason()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        (await lender.Cashier.PutAsync($"admin/repayments/{id}/reverse", new { reason = "Too early." })).Code.ShouldBe(
            "REPAYMENT_NOT_VERIFIED"
        );
        (await lender.Cashier.PutAsync($"admin/repayments/{id}/reject", new { })).Status.ShouldBe(400);
        var answer = await lender.Cashier.PutAsync(
            $"admin/repayments/{id}/reject",
            new { reason = "No such transfer." }
        );
        answer.Data.GetProperty("verificationStatus").GetString().ShouldBe("REJECTED");
        var after = await lender.ReadAsync(loan);
        (after.Balance, after.Pending.MinorUnits, after.Events.Count).ShouldBe((loan.Balance, 0, 1));
        (await lender.Cashier.PutAsync($"admin/repayments/{id}/verify")).Code.ShouldBe("ALREADY_DECIDED");
    }
}
