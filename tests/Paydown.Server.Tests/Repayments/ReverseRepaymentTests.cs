using Paydown.Lending.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class ReverseRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const long Installment = 106_619;

    [Fact]
    public async Task A_reversal_keeps_ids_and_reopens_a_closed_loan()
    {
        var loan = await lender.OpenLoanAsync();
        var first = await lender.PayAsync(loan, Installment, loan.DisbursedOn!.Value.AddMonths(1));
        var owed = (await lender.ReadAsync(loan)).Payoff.MinorUnits;
        var last = await lender.RecordAsync(loan, owed + 500, lender.Today);
        var closing = await lender.Cashier.PutAsync($"admin/repayments/{last}/verify");
        closing.Data.GetProperty("accountState").GetString().ShouldBe("OVERPAID");
        closing.Data.GetProperty("overpaid").GetDecimal().ShouldBe(5m);
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.paid_off");

        var reversed = await lender.Cashier.PutAsync(
            $"admin/repayments/{first}/reverse",
            new { reason = "The bank returned it." }
        );
        reversed.Status.ShouldBe(200, reversed.Body);
        reversed.Data.GetProperty("verificationStatus").GetString().ShouldBe("REJECTED");
        reversed.Data.GetProperty("isReversed").GetBoolean().ShouldBeTrue();
        reversed.Data.GetProperty("rejectionReason").GetString().ShouldBe("The bank returned it.");
        var after = await lender.ReadAsync(loan);
        after.State.ShouldBe(LoanStatus.Active);
        after.Balance.Total.ShouldBe(Installment - 500);
        var standing = "select status from repayment_standing where repayment_id = $1";
        (await server.ScalarAsync<string>(standing, first)).ShouldBe("REVERSED");
        (await VersionAsync(last)).ShouldBe(2);
        (await lender.Manager.PutAsync($"admin/repayments/{first}/reverse", new { reason = "Again." })).Code.ShouldBe(
            "ALREADY_DECIDED"
        );
    }

    private Task<int> VersionAsync(Guid repaymentId) =>
        server.ScalarAsync<int>("select version from repayment_standing where repayment_id = $1", repaymentId);
}
