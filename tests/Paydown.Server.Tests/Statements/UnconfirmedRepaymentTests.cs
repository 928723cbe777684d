using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class UnconfirmedRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Path = "admin/unconfirmed-repayments";

    [Fact]
    public async Task Reports_of_days_whose_statements_are_there_and_that_no_entry_pays_are_listed_oldest_first()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.OpenLoanAsync();
        var (early, late) = (lender.Today.AddDays(-9), lender.Today.AddDays(-8));
        var pending = await ReportAsync(lender, loan, 10_00, early);
        var second = await ReportAsync(lender, loan, 20_00, late);
        var reportedToday = await lender.ReportAsync(loan, 15_00, late);
        var verified = await lender.PayAsync(loan, 25_00, late);
        var confirmed = await ReportAsync(lender, loan, 30_00, late);
        var young = await ReportAsync(lender, loan, 40_00, lender.Today.AddDays(-6));
        (await ListAsync(lender)).ShouldBeEmpty();

        await ImportAsync(lender, early, new TestEntry(1));
        (await ListAsync(lender)).ShouldBe([pending]);

        await ImportAsync(lender, late, new TestEntry(30, loan.Reference));
        await ImportAsync(lender, lender.Today, new TestEntry(2));
        var listed = await ListAsync(lender);
        listed.ShouldBe([pending, second]);
        listed.ShouldNotContain(confirmed);
        listed.ShouldNotContain(verified);
        listed.ShouldNotContain(young);
        listed.ShouldNotContain(reportedToday);
        var page = (await lender.Cashier.GetAsync($"{Path}?size=1")).ShouldSucceed();
        page.GetArrayLength().ShouldBe(1);
        page[0].GetProperty("ageInDays").GetInt32().ShouldBe(9);

        (await server.OtherLender.Cashier.GetAsync(Path)).ShouldSucceed().GetArrayLength().ShouldBe(0);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Verified_repayments_of_days_whose_statements_are_there_and_that_no_entry_pays_are_listed()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.OpenLoanAsync();
        var day = lender.Today.AddDays(-8);
        await ReportAsync(lender, loan, 10_00, day);
        var (confirmed, missing) = (
            await VerifyAsync(lender, loan, 25_00, day),
            await VerifyAsync(lender, loan, 35_00, day)
        );
        (await ListAsync(lender, "VERIFIED")).ShouldBeEmpty();

        await ImportAsync(lender, day, new TestEntry(25, loan.Reference));
        (await ListAsync(lender, "VERIFIED")).ShouldBe([missing]);
        (await ListAsync(lender, "PENDING_VERIFICATION")).ShouldBe(await ListAsync(lender));
        (await lender.Cashier.GetAsync($"{Path}?status=REJECTED")).Status.ShouldBe(422);
        confirmed.ShouldNotBe(missing);
    }

    private static async Task<Guid> VerifyAsync(TestOrganisation lender, StoredLoan loan, long amount, DateOnly on)
    {
        using (lender.Server.Clock.At(on))
            return await lender.PayAsync(loan, amount, on);
    }

    private static async Task<Guid> ReportAsync(TestOrganisation lender, StoredLoan loan, long amount, DateOnly on)
    {
        using (lender.Server.Clock.At(on))
            return await lender.ReportAsync(loan, amount, on);
    }

    private static async Task ImportAsync(TestOrganisation lender, DateOnly on, TestEntry entry) =>
        (
            await lender.Cashier.UploadAsync(
                "admin/bank-statements?fileName=test.xml",
                new TestStatement(on, entry).ToFile()
            )
        ).ShouldSucceed();

    private static async Task<IReadOnlyList<Guid>> ListAsync(TestOrganisation lender, string? status = null) =>
        [
            .. (await lender.Cashier.GetAsync($"{Path}?size=50{(status is null ? "" : $"&status={status}")}"))
                .ShouldSucceed()
                .EnumerateArray()
                .Select(one => one.GetProperty("id").GetGuid()),
        ];
}
