using System.Text.Json;
using Paydown.Server.Loans;
using Paydown.Server.Tests.EndOfDay;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>
/// Credits of a lender: for a charge, and as a payment in the customer's place. 12,000.00 at 12 % over 12 months; the
/// audit checks all books after each test.
/// </summary>
public sealed class LenderCreditTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Theory]
    [InlineData("FEE")]
    [InlineData("PENALTY")]
    public async Task A_charge_is_credited_back_once_and_in_parts(string kind)
    {
        var loan = await OpenAsync();
        var charge = await ChargeAsync(loan, kind);
        var path = $"admin/loans/{loan.Id}/charges/{charge}/adjust";
        (await PutAsync(path, new { amount = 25.01m, reason = Why })).ShouldBeRefused(422, "VALIDATION_ERROR");
        var shown = (
            await PutAsync(
                path,
                new
                {
                    amount = 10,
                    reason = Why,
                    dryRun = true,
                }
            )
        ).ShouldSucceed();
        shown.GetProperty("isPreview").GetBoolean().ShouldBeTrue();
        (await ActsAsync(loan)).Count.ShouldBe(1);

        var done = (await PutAsync(path, new { amount = 10, reason = Why })).ShouldSucceed();
        (await server.LedgerAsync(lender, loan))[$"{kind}_INCOME"].ShouldBe(-15_00);
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.credit_given");
        (await PutAsync(path, new { amount = 15.01m, reason = Why })).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await PutAsync(path, new { reason = Why })).ShouldSucceed();
        (await PutAsync(path, new { reason = Why })).ShouldBeRefused(422, "VALIDATION_ERROR");
        var books = await server.LedgerAsync(lender, loan);
        books.ShouldNotContainKey($"{kind}_INCOME");
        books.ShouldNotContainKey(kind == "FEE" ? "FEES_RECEIVABLE" : "PENALTIES_RECEIVABLE");
        await server.ShouldAuditCleanAsync();

        (await ActsAsync(loan))[0].GetProperty("kind").GetString().ShouldBe("CHARGE_ADJUSTMENT");
        var undo = $"admin/loans/{loan.Id}/acts/{done.GetProperty("actId").GetGuid()}/undo";
        (await PutAsync(undo, new { reason = Why })).ShouldSucceed();
        (await PutAsync(undo, new { reason = Why })).ShouldBeRefused(409, "ALREADY_UNDONE");
        (await server.LedgerAsync(lender, loan))[$"{kind}_INCOME"].ShouldBe(-10_00);
    }

    [Fact]
    public async Task A_charge_that_was_paid_is_credited_to_other_debt()
    {
        var loan = await OpenAsync();
        var charge = await ChargeAsync(loan, "FEE");
        await lender.PayAsync(loan, 25_00, server.Today);
        var before = (await lender.ReadAsync(loan)).Balance.Total;
        (await PutAsync($"admin/loans/{loan.Id}/charges/{charge}/adjust", new { reason = Why })).ShouldSucceed();
        (await lender.ReadAsync(loan)).Balance.Total.ShouldBe(before - 25_00);
    }

    [Fact]
    public async Task The_lender_pays_in_the_place_of_the_customer_out_of_the_interest()
    {
        await lender.FollowAsync("DAILY");
        var loan = await OpenAsync();
        server.Clock.AdvanceDays(31);
        await server.EndDayAsync(lender);
        var before = await server.LedgerAsync(lender, loan);
        var path = $"admin/loans/{loan.Id}/waive-interest";
        var first = await lender.Manager.PutAsync(path, new { amount = 100, reason = Why }, key: "waive-1");
        var done = first.ShouldSucceed();
        (
            await lender.Manager.PutAsync(path, new { amount = 100, reason = Why }, key: "waive-1")
        ).IsReplayed.ShouldBeTrue();
        var books = await server.LedgerAsync(lender, loan);
        books["INTEREST_RECEIVABLE"].ShouldBe(before["INTEREST_RECEIVABLE"] - 100_00);
        books["INTEREST_INCOME"].ShouldBe(before["INTEREST_INCOME"] + 100_00);
        books.ShouldNotContainKey("COLLECTION_ACCOUNT");
        (await ActsAsync(loan))
            .ShouldHaveSingleItem()
            .GetProperty("kind")
            .GetString()
            .ShouldBe("INTEREST_PAYMENT_WAIVER");
        await server.ShouldAuditCleanAsync();

        var undo = $"admin/loans/{loan.Id}/acts/{done.GetProperty("actId").GetGuid()}/undo";
        (await PutAsync(undo, new { reason = Why })).ShouldSucceed();
        (await server.LedgerAsync(lender, loan)).ShouldBe(before, ignoreOrder: true);
        // All of it closes the loan.
        var payoff = await lender.PayoffOfAsync(loan) / 100m;
        (await PutAsync(path, new { amount = payoff + 0.01m, reason = Why })).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await PutAsync(path, new { amount = payoff, reason = Why }))
            .ShouldSucceed()
            .GetProperty("accountState")
            .GetString()
            .ShouldBe("CLOSED");
        (await PutAsync(path, new { amount = 1, reason = Why })).ShouldBeRefused(409, "LOAN_NOT_RUNNING");
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.paid_off");
    }

    [Fact]
    public async Task Credits_need_a_manager_of_the_lender_and_above_the_four_eyes_amount_two()
    {
        var loan = await OpenAsync();
        var charge = await ChargeAsync(loan, "FEE");
        foreach (var path in (string[])[$"charges/{charge}/adjust", "waive-interest"])
        {
            var full = $"admin/loans/{loan.Id}/{path}";
            var body = new { amount = 5, reason = Why };
            (await server.OtherLender.Manager.PutAsync(full, body)).ShouldBeRefused(404, "NOT_FOUND");
            (await lender.Cashier.PutAsync(full, body)).ShouldBeRefused(403, "FORBIDDEN");
        }

        (await PutAsync($"admin/loans/{loan.Id}/charges/{loan.Id}/adjust", new { reason = Why })).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        await lender.ChangeAsync(("fourEyesAbove", 1));
        var waive = $"admin/loans/{loan.Id}/waive-interest";
        (await PutAsync(waive, new { amount = 5, reason = Why }))
            .ShouldSucceed()
            .GetProperty("isPreview")
            .GetBoolean()
            .ShouldBeTrue();
        (await PutAsync(waive, new { amount = 5, reason = Why })).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        (await lender.SecondManager.PutAsync(waive, new { amount = 5, reason = Why }))
            .ShouldSucceed()
            .GetProperty("isPreview")
            .GetBoolean()
            .ShouldBeFalse();
    }

    private const string Why = "Promised on the phone";

    private async Task<Guid> ChargeAsync(StoredLoan loan, string kind) => (
            await lender.Manager.PostAsync(
                $"admin/loans/{loan.Id}/charges",
                new
                {
                    kind,
                    amount = 25,
                    reason = "A letter",
                }
            )
        ).ShouldSucceed().GetProperty("id").GetGuid();

    private Task<Reply> PutAsync(string path, object body) => lender.Manager.PutAsync(path, body);

    private async Task<StoredLoan> OpenAsync() =>
        await lender.OpenLoanAsync(lender.Customer, lender.Terms with { SubmittedOn = server.Today });

    private async Task<IReadOnlyList<JsonElement>> ActsAsync(StoredLoan loan) =>
        [.. (await lender.Manager.GetAsync($"admin/loans/{loan.Id}/acts")).ShouldSucceed().EnumerateArray()];
}
