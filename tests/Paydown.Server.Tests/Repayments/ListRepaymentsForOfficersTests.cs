using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class ListRepaymentsForOfficersTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const long Installment = 106_619;

    [Theory]
    [InlineData("startDate=2026-02-02&endDate=2026-02-01", 422)]
    [InlineData("startDate=2026-02-02T10:00:00Z&endDate=2026-02-01", 422)]
    [InlineData("startDate=2026-02-02T10:00:00Z&endDate=2026-02-02T09:59:59Z", 422)]
    [InlineData("startDate=2026-02-02&endDate=2026-02-02", 200)]
    [InlineData("startDate=2026-02-02T10:00:00Z&endDate=2026-02-02", 200)]
    [InlineData("customerId=0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f&startDat=2026-02-02", 400)]
    public async Task A_period_that_ends_before_it_begins_is_refused(string query, int status)
    {
        var answer = await lender.Cashier.GetAsync($"admin/repayments/list?{query}");
        answer.Status.ShouldBe(status, answer.Body);
        if (status == 422)
            answer.Body.ShouldContain("must not be before startDate.");
        if (status == 400)
            answer.Body.ShouldContain("did you mean startDate?");
    }

    [Fact]
    public async Task The_list_shows_each_status_newest_first_in_pages()
    {
        var loan = await lender.OpenLoanAsync();
        var verified = await lender.PayAsync(loan, Installment, lender.Today);
        var reversed = await lender.PayAsync(loan, Installment, lender.Today);
        await lender.Cashier.PutAsync($"admin/repayments/{reversed}/reverse", new { reason = "Returned." });
        var rejected = await lender.ReportAsync(loan, Installment, lender.Today);
        await lender.Cashier.PutAsync($"admin/repayments/{rejected}/reject", new { reason = "No such transfer." });
        var pending = await lender.ReportAsync(loan, Installment, lender.Today);

        (await ListAsync(loan.ApplicationId?.Value, "")).ShouldBe([pending, rejected, reversed, verified]);
        (await ListAsync(loan.ApplicationId?.Value, "&status=REJECTED")).ShouldBe([rejected, reversed]);
        (await ListAsync(loan.ApplicationId?.Value, "&status=PENDING_VERIFICATION")).ShouldBe([pending]);
        (await ListAsync(loan.ApplicationId?.Value, "&status=VERIFIED")).ShouldBe([verified]);
        (await ListAsync(loan.ApplicationId?.Value, "&page=2&size=3")).ShouldBe([verified]);
        var days = $"&startDate={lender.Today:yyyy-MM-dd}&endDate={lender.Today.AddDays(1):yyyy-MM-dd}";
        (await ListAsync(loan.ApplicationId?.Value, days)).Length.ShouldBe(4);
        (await ListAsync(loan.ApplicationId?.Value, $"&endDate={lender.Today.AddDays(-2):yyyy-MM-dd}")).ShouldBeEmpty();
        (await ListAsync(loan.ApplicationId?.Value, "&startDate=0001-01-01&endDate=9999-12-31")).Length.ShouldBe(4);
        (await lender.Cashier.GetAsync("admin/repayments/list?size=51")).Status.ShouldBe(422);
    }

    private async Task<Guid[]> ListAsync(Guid? applicationId, string more)
    {
        var answer = await lender.Cashier.GetAsync($"admin/repayments/list?loanApplicationId={applicationId}{more}");
        answer.Status.ShouldBe(200, answer.Body);
        return [.. answer.Data.EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];
    }
}
