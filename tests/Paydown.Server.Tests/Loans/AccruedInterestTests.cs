using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;
using Paydown.Server.Tests.EndOfDay;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>The earned interest of a day, explained by installment and compared with the ledger.</summary>
public sealed class AccruedInterestTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    public async Task Each_past_day_is_explained_and_equals_the_ledger(int recalculatedRate)
    {
        await lender.FollowAsync("DAILY");
        var customer = await lender.AddCustomerAsync();
        var terms =
            recalculatedRate == 0
                ? lender.Terms with
                {
                    SubmittedOn = server.Today,
                }
                : new TestLoan { AnnualRatePercent = recalculatedRate }.TermsFrom(server.Today);
        var loan = await lender.OpenLoanAsync(customer, terms);
        var openedOn = server.Today;
        await server.EndDayAsync(lender);
        for (var day = 0; day < 40; day++)
        {
            server.Clock.AdvanceDays(1);
            if (day == 20)
                await lender.PayAsync(loan, 30_00, server.Today);
            await server.EndDayAsync(lender);
        }

        for (var day = openedOn; day <= server.Today; day = day.AddDays(1))
        {
            var shown = (await GetAsync(loan, day)).ShouldSucceed();
            var unpaid = shown.GetProperty("unpaid").GetDecimal();
            Sum(shown, "unpaid").ShouldBe(unpaid, day.ToString());
            shown.GetProperty("inLedger").GetDecimal().ShouldBe(unpaid, day.ToString());
            shown.GetProperty("notRecognised").GetDecimal().ShouldBe(0, day.ToString());
        }
    }

    [Fact]
    public async Task Between_posting_days_it_shows_what_the_next_one_recognises()
    {
        await lender.FollowAsync("MONTHLY");
        var loan = await lender.OpenLoanAsync(
            await lender.AddCustomerAsync(),
            lender.Terms with
            {
                SubmittedOn = server.Today,
            }
        );
        server.Clock.AdvanceDays(3);
        var first = (await GetAsync(loan, server.Today)).ShouldSucceed().GetProperty("installments")[0];
        var days = loan.DisbursedOn!.Value.AddMonths(1).DayNumber - loan.DisbursedOn.Value.DayNumber;
        first.GetProperty("days").GetInt32().ShouldBe(days);
        first.GetProperty("daysElapsed").GetInt32().ShouldBe(3);
        first.GetProperty("interest").GetDecimal().ShouldBe(120.00m);
        first.GetProperty("earned").GetDecimal().ShouldBe(Math.Round(120.00m * 3 / days, 2));
    }

    [Fact]
    public async Task A_day_to_come_and_a_loan_of_another_lender_are_refused()
    {
        var loan = await lender.OpenLoanAsync(await lender.AddCustomerAsync(), lender.Terms);
        (await GetAsync(loan, server.Today.AddDays(1))).ShouldBeRefused(422, "VALIDATION_ERROR");
        var other = await server.AddOrganisationAsync();
        (await other.Manager.GetAsync($"admin/loans/{loan.Id}/accrued-interest")).Status.ShouldBe(404);
        (await lender.Manager.GetAsync($"admin/loans/{server.Ids.Next<LoanId>()}/accrued-interest")).Status.ShouldBe(
            404
        );
        // Before the loan was paid out, nothing is earned.
        (await GetAsync(loan, loan.DisbursedOn!.Value.AddDays(-1)))
            .ShouldSucceed()
            .GetProperty("unpaid")
            .GetDecimal()
            .ShouldBe(0);
    }

    private Task<Reply> GetAsync(StoredLoan loan, DateOnly day) =>
        lender.Cashier.GetAsync($"admin/loans/{loan.Id}/accrued-interest?asOf={day:yyyy-MM-dd}");

    private static decimal Sum(JsonElement shown, string name) =>
        shown.GetProperty("installments").EnumerateArray().Sum(row => row.GetProperty(name).GetDecimal());
}
