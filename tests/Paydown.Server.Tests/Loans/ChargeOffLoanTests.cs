using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Tests.EndOfDay;
using Paydown.Server.Tests.Reports;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>
/// A charge-off: the loan leaves the books and is owed still. 12,000.00 at 12 % over 12 months; the audit checks all
/// books after each test.
/// </summary>
public sealed class ChargeOffLoanTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task It_is_shown_done_listed_and_published()
    {
        var loan = await OpenAsync(lender);
        var owed = (await lender.ReadAsync(loan)).Balance;
        var books = await server.LedgerAsync(lender);
        (await ChargeOffAsync(loan, dryRun: true)).ShouldSucceed().GetProperty("isPreview").GetBoolean().ShouldBeTrue();
        (await server.LedgerAsync(lender)).ShouldBe(books, ignoreOrder: true);
        (await ShownAsync(loan)).GetProperty("chargedOffOn").ValueKind.ShouldBe(JsonValueKind.Null);

        var done = (await ChargeOffAsync(loan)).ShouldSucceed();
        done.GetProperty("accountState").GetString().ShouldBe("ACTIVE");
        done.GetProperty("totalBalance").GetDecimal().ShouldBe(owed.Total / 100m);
        var shown = await ShownAsync(loan);
        shown.GetProperty("chargedOffOn").GetString().ShouldBe($"{server.Today:yyyy-MM-dd}");
        shown.GetProperty("totalBalance").GetDecimal().ShouldBe(owed.Total / 100m);
        (await server.LedgerAsync(lender, loan)).ShouldBe(
            new Dictionary<string, long> { ["FUNDING_ACCOUNT"] = -12_000_00, ["CHARGE_OFF_EXPENSE"] = 12_000_00 },
            ignoreOrder: true
        );
        (await ActsAsync(loan)).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("CHARGE_OFF");
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.charged_off");
        await ShouldTieAsync(portfolio: 0, lost: 12_000m, recovered: 0);
    }

    [Fact]
    public async Task Money_is_recovered_until_the_loan_is_paid_off()
    {
        var loan = await OpenAsync(lender);
        server.Clock.AdvanceDays(40);
        (await ChargeOffAsync(loan)).ShouldSucceed();
        var repayment = await lender.PayAsync(loan, 1_000_00, server.Today);
        (await server.LedgerAsync(lender, loan))["RECOVERY_INCOME"].ShouldBe(-1_000_00);
        (
            await lender.Cashier.PutAsync($"admin/repayments/{repayment}/reverse", new { reason = "Bounced" })
        ).ShouldSucceed();
        (await server.LedgerAsync(lender, loan)).ShouldNotContainKey("RECOVERY_INCOME");
        // A payment of an earlier day was no recovery.
        await lender.PayAsync(loan, 1_066_19, loan.DisbursedOn!.Value.AddMonths(1));
        var books = await server.LedgerAsync(lender, loan);
        (books["CHARGE_OFF_EXPENSE"], books["INTEREST_INCOME"]).ShouldBe((12_000_00 - 946_19, -120_00));
        books.ShouldNotContainKey("RECOVERY_INCOME");
        (
            await lender.Manager.PostAsync(
                $"admin/loans/{loan.Id}/charges",
                new
                {
                    kind = "FEE",
                    amount = 25,
                    reason = "A letter",
                }
            )
        ).ShouldSucceed();
        // It belongs to its installment from the start, so it is income and lost at once.
        books = await server.LedgerAsync(lender, loan);
        (books["FEE_INCOME"], books["CHARGE_OFF_CHARGES"]).ShouldBe((-25_00, 25_00));
        books.ShouldNotContainKey("FEES_RECEIVABLE");
        await server.ShouldAuditCleanAsync();

        var payoff = await lender.PayoffOfAsync(loan);
        await lender.FundWalletAsync(lender.Customer, payoff);
        (
            await lender.Customer.PostAsync(
                "user/payoff-loan",
                new { loanApplicationId = loan.ApplicationId, paymentMethod = "WALLET" }
            )
        ).ShouldSucceed();
        (await lender.ReadAsync(loan)).State.ShouldBe(LoanStatus.Closed);
        (await server.LedgerAsync(lender, loan))["RECOVERY_INCOME"].ShouldBe(-payoff);
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.paid_off");
        await ShouldTieAsync(portfolio: null, lost: 11_078.81m, recovered: payoff / 100m);
        (await ChargeOffAsync(loan)).ShouldBeRefused(409, "LOAN_NOT_RUNNING");
    }

    [Fact]
    public async Task Suspense_and_allowance_go_first_and_undoing_it_leaves_the_books_as_if_it_had_never_come()
    {
        var other = await server.AddOrganisationAsync();
        var (loan, never) = (await LateAsync(lender), await LateAsync(other));
        var end = new DateOnly(server.Today.Year, server.Today.Month, 1).AddMonths(1).AddDays(-1);
        server.Clock.AdvanceDays(end.DayNumber - server.Today.DayNumber);
        await server.EndDayAsync(lender);
        await server.EndDayAsync(other);
        var before = await server.LedgerAsync(lender);
        before.Keys.ShouldContain("INTEREST_IN_SUSPENSE");
        (await ChargeOffAsync(loan)).ShouldSucceed();
        var books = await server.LedgerAsync(lender);
        string[] cleared =
        [
            "LOAN_PRINCIPAL",
            "INTEREST_RECEIVABLE",
            "INTEREST_IN_SUSPENSE",
            "FEES_RECEIVABLE",
            "LOAN_LOSS_ALLOWANCE",
        ];
        foreach (var account in cleared)
            books.ShouldNotContainKey(account);
        books["PROVISION_EXPENSE"].ShouldBe(-before["LOAN_LOSS_ALLOWANCE"]);
        books["CHARGE_OFF_EXPENSE"].ShouldBe(12_000_00 + before["LOAN_LOSS_ALLOWANCE"]);
        books["CHARGE_OFF_INTEREST"].ShouldBe(before["INTEREST_RECEIVABLE"] + before["INTEREST_IN_SUSPENSE"]);
        books["CHARGE_OFF_CHARGES"].ShouldBe(25_00);
        await server.ShouldAuditCleanAsync();

        // Days, a payment, a payment of an earlier day, and a month end.
        foreach (var (each, its) in ((TestOrganisation, StoredLoan)[])[(lender, loan), (other, never)])
        {
            await each.PayAsync(its, 300_00, server.Today);
            await each.PayAsync(its, 200_00, server.Today.AddDays(-50));
        }

        server.Clock.AdvanceDays(35);
        await server.EndDayAsync(lender);
        await server.EndDayAsync(other);
        (await server.LedgerAsync(lender)).ShouldNotContainKey("INTEREST_RECEIVABLE");
        await ShouldTieAsync(portfolio: 0);
        await server.ShouldAuditCleanAsync();

        (await UndoAsync(loan)).ShouldSucceed();
        (await ShownAsync(loan)).GetProperty("chargedOffOn").ValueKind.ShouldBe(JsonValueKind.Null);
        server.Clock.AdvanceDays(31);
        await server.EndDayAsync(lender);
        await server.EndDayAsync(other);
        (await server.LedgerAsync(lender)).ShouldBe(await server.LedgerAsync(other), ignoreOrder: true);
        (await UndoAsync(loan)).ShouldBeRefused(409, "ALREADY_UNDONE");
    }

    [Fact]
    public async Task It_happens_once_and_only_to_a_running_loan_of_the_own_organisation()
    {
        var loan = await OpenAsync(lender);
        (await ChargeOffAsync(loan, by: server.OtherLender.Manager)).ShouldBeRefused(404, "NOT_FOUND");
        (await ChargeOffAsync(loan, by: lender.Cashier)).ShouldBeRefused(403, "FORBIDDEN");
        var path = $"admin/loans/{loan.Id}/charge-off";
        var body = new { reason = "Nobody pays" };
        var first = await lender.Manager.PutAsync(path, body, key: "charge-off-1");
        (await lender.Manager.PutAsync(path, body, key: "charge-off-1")).Body.ShouldBe(first.Body);
        (await ChargeOffAsync(loan)).ShouldBeRefused(409, "LOAN_GIVEN_UP");
        (await lender.Manager.PutAsync($"admin/loans/{loan.Id}/re-amortize", new { reason = "Again" })).ShouldBeRefused(
            409,
            "LOAN_GIVEN_UP"
        );

        // A write-off ends it, and books nothing more; undone in any order.
        var off = await server.LedgerAsync(lender, loan);
        (await lender.Manager.PutAsync($"admin/loans/{loan.Id}/write-off", new { reason = "Lost" })).ShouldSucceed();
        (await server.LedgerAsync(lender, loan)).ShouldBe(off, ignoreOrder: true);
        (await ChargeOffAsync(loan)).ShouldBeRefused(409, "LOAN_NOT_RUNNING");
        await server.ShouldAuditCleanAsync();
        (await UndoAsync(loan, "CHARGE_OFF")).ShouldSucceed();
        (await server.LedgerAsync(lender, loan)).ShouldContainKey("WRITE_OFF_EXPENSE");
        (await UndoAsync(loan, "WRITE_OFF")).ShouldSucceed();
        (await server.LedgerAsync(lender, loan))["LOAN_PRINCIPAL"].ShouldBe(12_000_00);
        (await lender.ReadAsync(loan)).State.ShouldBe(LoanStatus.Active);
    }

    [Fact]
    public async Task Above_the_four_eyes_amount_a_second_manager_charges_off()
    {
        var loan = await OpenAsync(lender);
        await lender.ChangeAsync(("fourEyesAbove", 1));
        (await ChargeOffAsync(loan)).ShouldSucceed().GetProperty("isPreview").GetBoolean().ShouldBeTrue();
        (await ChargeOffAsync(loan)).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        (await ChargeOffAsync(loan, by: lender.SecondManager))
            .ShouldSucceed()
            .GetProperty("isPreview")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task A_month_end_that_is_made_up_after_it_gives_its_allowance_to_the_loss()
    {
        await lender.ChangePolicyAsync(new() { ["provisionRates"] = new JsonArray(50, 50, 50, 50, 50, 50) });
        var loan = await OpenAsync(lender);
        await server.EndDayAsync(lender);
        var monthEnd = new DateOnly(server.Today.Year, server.Today.Month, 1).AddMonths(1).AddDays(-1);
        // The end of the last day of the month comes late.
        server.Clock.AdvanceDays(monthEnd.DayNumber - server.Today.DayNumber + 1);
        (await ChargeOffAsync(loan)).ShouldSucceed();
        await server.EndDayAsync(lender);
        var books = await server.LedgerAsync(lender, loan);
        (books["PROVISION_EXPENSE"], books["CHARGE_OFF_EXPENSE"]).ShouldBe((6_000_00, 6_000_00));
        books.ShouldNotContainKey("LOAN_LOSS_ALLOWANCE");
    }

    // 75 days old, with interest in suspense, an allowance and a fee.
    private async Task<StoredLoan> LateAsync(TestOrganisation organisation)
    {
        await organisation.FollowAsync("MONTHLY");
        await organisation.ChangePolicyAsync(
            new() { ["nonAccrualAfterDays"] = 20, ["provisionRates"] = new JsonArray(1, 5, 20, 50, 75, 100) }
        );
        var customer = await organisation.AddCustomerAsync();
        var terms = organisation.Terms with { SubmittedOn = server.Today.AddDays(-75) };
        var loan = await organisation.OpenLoanAsync(customer, terms);
        (
            await organisation.Manager.PostAsync(
                $"admin/loans/{loan.Id}/charges",
                new
                {
                    kind = "FEE",
                    amount = 25,
                    reason = "A letter",
                }
            )
        ).ShouldSucceed();
        await server.EndDayAsync(organisation);
        return loan;
    }

    private async Task ShouldTieAsync(decimal? portfolio, decimal? lost = null, decimal? recovered = null)
    {
        var running = await lender.ReportAsync("portfolio");
        running.ShouldTie();
        if (portfolio is not null)
            running.Totals.Money("principal").ShouldBe(portfolio.Value);
        var period = $"from={server.Today.AddYears(-1):yyyy-MM-dd}&to={server.Today:yyyy-MM-dd}";
        var losses = await lender.ReportAsync($"write-offs?{period}");
        losses.ShouldTie();
        if (lost is not null)
            losses.Totals.Money("writtenOff").ShouldBe(lost.Value);
        if (recovered is not null)
            losses.Totals.Money("recovered").ShouldBe(recovered.Value);
    }

    private async Task<StoredLoan> OpenAsync(TestOrganisation organisation) =>
        await organisation.OpenLoanAsync(organisation.Customer, organisation.Terms with { SubmittedOn = server.Today });

    private Task<Reply> ChargeOffAsync(StoredLoan loan, bool dryRun = false, TestUser? by = null) =>
        (by ?? lender.Manager).PutAsync(
            $"admin/loans/{loan.Id}/charge-off",
            new { reason = "Nobody pays any more", dryRun }
        );

    private async Task<Reply> UndoAsync(StoredLoan loan, string kind = "CHARGE_OFF")
    {
        var act = (await ActsAsync(loan)).First(one => one.GetProperty("kind").GetString() == kind);
        var id = act.GetProperty("id").GetGuid();
        return await lender.Manager.PutAsync($"admin/loans/{loan.Id}/acts/{id}/undo", new { reason = "Pays again" });
    }

    private async Task<JsonElement> ShownAsync(StoredLoan loan) =>
        (await lender.Manager.GetAsync($"user/loan-details-with-payment-history/{loan.ApplicationId}")).ShouldSucceed();

    private async Task<IReadOnlyList<JsonElement>> ActsAsync(StoredLoan loan) =>
        [.. (await lender.Manager.GetAsync($"admin/loans/{loan.Id}/acts")).ShouldSucceed().EnumerateArray()];
}
