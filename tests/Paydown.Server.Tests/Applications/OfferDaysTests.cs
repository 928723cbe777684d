using System.Globalization;
using System.Text.Json;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

/// <summary>Offers as days pass on a moving clock: the figures that are shown, accepted and paid out.</summary>
public sealed class OfferDaysTests(TestServer server) : IClassFixture<TestServer>
{
    // Three months with daily interest, so the day of payout matters. Offers stay valid long enough for that.
    private static readonly ScheduleTerms ByDays = new()
    {
        ScheduleType = ScheduleType.Progressive,
        DaysInYear = DaysInYear.Actual,
    };

    [Fact]
    public async Task An_offer_shows_the_schedule_of_a_payout_today_and_the_loan_gets_that_schedule()
    {
        var product = await AddAsync(usual => usual with { DisbursesAutomatically = true });
        var applying = await TestApplication.CreateAsync(server);
        var id = await OfferAsync(applying, product);
        for (var i = 0; i < 4; i++)
        {
            var shown = await OfferAsync(applying);
            shown.GetProperty("scheduleIfPaidOutOn").GetString().ShouldBe(Iso(Today));
            Rows(shown)[0].GetProperty("dueDate").GetString().ShouldBe(Iso(Today.AddMonths(1)));
            server.Clock.AdvanceDays(days: 10);
        }

        var accepted = await OfferAsync(applying);
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}"))
            .ShouldSucceed()
            .GetProperty("loanApplicationStatusEnum")
            .GetString()
            .ShouldBe("DISBURSED");
        var loan = await LoanAsync(applying, id);
        loan.GetProperty("totalRepaymentAmount")
            .GetDecimal()
            .ShouldBe(accepted.GetProperty("totalRepaymentAmount").GetDecimal());
        Rows(loan, "paymentHistory").Select(DueAndAmount).ShouldBe(Rows(accepted).Select(DueAndAmount));
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_payout_that_would_cost_more_than_accepted_needs_a_new_offer()
    {
        var product = await AddAsync(usual => usual);
        var applying = await TestApplication.CreateAsync(server);
        AdvanceUntilItCostsMore(applying);
        var id = await OfferAsync(applying, product);
        var accepted = (await OfferAsync(applying)).GetProperty("totalRepaymentAmount").GetDecimal();
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldSucceed();
        server.Clock.AdvanceDays(days: 1);

        var path = $"admin/loan-application/{id}";
        (await applying.Officer.PutAsync($"{path}/disburse"))
            .ShouldBeRefused(409, "OFFER_EXCEEDED")
            .Body.ShouldContain($"the {accepted.ToString("0.00", CultureInfo.InvariantCulture)} NGN that the customer");
        (await applying.WalletAsync()).ShouldBe(0);
        var offered = (await applying.Officer.PutAsync($"{path}/send-offer")).ShouldSucceed();
        offered.GetProperty("loanApplicationStatus").GetString().ShouldBe("OFFER_SENT");
        offered.GetProperty("acceptedTotalRepaymentAmount").ValueKind.ShouldBe(JsonValueKind.Null);
        (await applying.Officer.PutAsync($"{path}/disburse")).ShouldBeRefused(409, "APPLICATION_STATE");
        var total = (await OfferAsync(applying)).GetProperty("totalRepaymentAmount").GetDecimal();
        total.ShouldBeGreaterThan(accepted);
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        (await applying.Officer.PutAsync($"{path}/disburse")).ShouldBeRefused(409, "TERMS_NOT_ACCEPTED");
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldSucceed();
        (await applying.Officer.GetAsync(path))
            .ShouldSucceed()
            .GetProperty("acceptedTotalRepaymentAmount")
            .GetDecimal()
            .ShouldBe(total);
        (await applying.Officer.PutAsync($"{path}/disburse")).ShouldSucceed();
        (await LoanAsync(applying, id)).GetProperty("totalRepaymentAmount").GetDecimal().ShouldBe(total);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task An_automatic_payout_that_would_cost_more_sends_a_new_offer()
    {
        var product = await AddAsync(usual => usual with { DisbursesAutomatically = true });
        var applying = await TestApplication.CreateAsync(server);
        AdvanceUntilItCostsMore(applying);
        var id = await OfferAsync(applying, product);
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        server.Clock.AdvanceDays(days: 1);

        var terms = $"user/accept-terms-and-conditions/{id}";
        var standing = (await applying.Applicant.PutAsync(terms, null, "first")).ShouldSucceed();
        standing.GetProperty("loanApplicationStatusEnum").GetString().ShouldBe("OFFER_SENT");
        standing.GetProperty("termsAcceptedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await applying.Applicant.PutAsync(terms, null, "first")).IsReplayed.ShouldBeTrue();
        (await applying.WalletAsync()).ShouldBe(0);
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        (await applying.Applicant.PutAsync(terms))
            .ShouldSucceed()
            .GetProperty("loanApplicationStatusEnum")
            .GetString()
            .ShouldBe("DISBURSED");
        (await applying.WalletAsync()).ShouldBe(12_000_00);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_first_due_date_within_the_products_range_is_agreed_and_installments_stay_level()
    {
        var product = await AddAsync(usual => usual with { FirstDue = new(5, 45) });
        var applying = await TestApplication.CreateAsync(server);
        var firstDueOn = Today.AddDays(12);
        var request = TestApplication.With(product, ("firstDueDate", Iso(Today.AddDays(4))));
        (await applying.Applicant.PostAsync("user/request-loan", request))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain($"must be from {Iso(Today.AddDays(5))} to {Iso(Today.AddDays(45))}");
        var id = await applying.RequestAsync(product, ("firstDueDate", Iso(firstDueOn)));
        (
            await applying.Officer.PutAsync(
                $"admin/loan-application/{id}/approve",
                new { firstDueDate = Iso(Today.AddDays(46)) }
            )
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/approve"))
            .ShouldSucceed()
            .GetProperty("approvedFirstDueDate")
            .GetString()
            .ShouldBe(Iso(firstDueOn));
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        ShouldBeLevel(await OfferAsync(applying), firstDueOn);

        // The customer accepts at once, and the payout comes too late for the agreed date.
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldSucceed();
        server.Clock.AdvanceDays(days: 8);
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/disburse")).ShouldBeRefused(
            409,
            "FIRST_DUE_DATE_OUT_OF_RANGE"
        );
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        var later = Today.AddDays(20);
        (
            await applying.Officer.PutAsync(
                $"admin/loan-application/{id}/send-offer",
                new { firstDueDate = Iso(later) }
            )
        ).ShouldSucceed();
        ShouldBeLevel(await OfferAsync(applying), later);
        (await applying.Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        (await applying.Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldSucceed();
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/disburse")).ShouldSucceed();
        var loan = await LoanAsync(applying, id);
        loan.GetProperty("firstInstallmentDate").GetString().ShouldBe(Iso(later));
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_first_due_date_is_refused_if_the_product_allows_none()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var request = TestApplication.With(product, ("firstDueDate", Iso(Today.AddDays(20))));
        (await applying.Applicant.PostAsync("user/request-loan", request))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain("cannot be agreed for this product");
    }

    private DateOnly Today => DateOnly.FromDateTime(server.Clock.GetUtcNow().UtcDateTime);

    // On 28 February the first period has 28 days. A loan of the next day has one of 31 days and costs more.
    private void AdvanceUntilItCostsMore(TestApplication applying)
    {
        var day = new DateOnly(Today.Year, 2, 28);
        if (day < Today)
            day = day.AddYears(1);
        if (DateTime.IsLeapYear(day.Year))
            day = day.AddDays(1);
        server.Clock.AdvanceDays(day.DayNumber - Today.DayNumber);
    }

    private Task<LoanProduct> AddAsync(Func<LoanProduct, LoanProduct> change)
    {
        var usual = TestProducts.Salary with { Schedule = ByDays, OfferValidDays = 90 };
        return server.Lender.AddProductAsync(change(usual));
    }

    private static async Task<Guid> OfferAsync(TestApplication applying, LoanProduct product)
    {
        var id = await applying.RequestAsync(product, ("loanDuration", 3));
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/approve")).ShouldSucceed();
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        return id;
    }

    private static async Task<JsonElement> OfferAsync(TestApplication applying) =>
        (await applying.Applicant.GetAsync("user/get-loan-offer")).ShouldSucceed().EnumerateArray().Single();

    private static async Task<JsonElement> LoanAsync(TestApplication applying, Guid id) =>
        (await applying.Applicant.GetAsync($"user/loan-details-with-payment-history/{id}")).ShouldSucceed();

    private static List<JsonElement> Rows(JsonElement shown, string name = "schedule") =>
        [.. shown.GetProperty(name).EnumerateArray()];

    private static (string?, decimal) DueAndAmount(JsonElement row) =>
        (row.GetProperty("dueDate").GetString(), row.GetProperty("installmentAmount").GetDecimal());

    private static void ShouldBeLevel(JsonElement offer, DateOnly firstDueOn)
    {
        var rows = Rows(offer);
        rows[0].GetProperty("dueDate").GetString().ShouldBe(Iso(firstDueOn));
        var regular = offer.GetProperty("installmentAmount").GetDecimal();
        rows.Take(rows.Count - 1).ShouldAllBe(row => row.GetProperty("installmentAmount").GetDecimal() == regular);
        (rows[^1].GetProperty("installmentAmount").GetDecimal() - regular).ShouldBeInRange(-0.12m, 0.12m);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
