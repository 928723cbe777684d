using System.Text.Json;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>
/// Acts of managers that change what was agreed on a running loan: each is shown without effect, done, listed and
/// undone. What each does to the figures is tested with the replay, against published tables.
/// </summary>
public sealed class LoanActTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    public static TheoryData<string, string> Acts =>
        new()
        {
            { "reschedule", "RESCHEDULE" },
            { "re-age", "RE_AGE" },
            { "re-amortize", "RE_AMORTIZATION" },
            { "pause-interest", "INTEREST_PAUSE" },
            { "pause-arrears", "ARREARS_PAUSE" },
            { "terminate", "CONTRACT_TERMINATION" },
        };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_is_shown_done_listed_and_undone(string act, string kind)
    {
        var loan = await OverdueLoanAsync();
        var before = await HistoryAsync(loan);
        var shown = (await ActAsync(loan, act, dryRun: true)).ShouldSucceed();
        shown.GetProperty("isPreview").GetBoolean().ShouldBeTrue();
        shown.GetProperty("actId").ValueKind.ShouldBe(JsonValueKind.Null);
        shown.GetProperty("scheduleBefore").ToString().ShouldBe(before);
        (await HistoryAsync(loan)).ShouldBe(before);
        (await ActsAsync(loan)).ShouldBeEmpty();

        var done = (await ActAsync(loan, act)).ShouldSucceed();
        done.GetProperty("isPreview").GetBoolean().ShouldBeFalse();
        done.GetProperty("scheduleAfter").ToString().ShouldBe(shown.GetProperty("scheduleAfter").ToString());
        (await HistoryAsync(loan)).ShouldBe(done.GetProperty("scheduleAfter").ToString());
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.agreement_changed");
        var listed = (await ActsAsync(loan)).ShouldHaveSingleItem();
        listed.GetProperty("kind").GetString().ShouldBe(kind);
        listed.GetProperty("id").GetGuid().ShouldBe(done.GetProperty("actId").GetGuid());

        var path = $"admin/loans/{loan.Id}/acts/{listed.GetProperty("id").GetGuid()}/undo";
        (await lender.Manager.PutAsync(path, new { reason = "A mistake" })).ShouldSucceed();
        (await HistoryAsync(loan)).ShouldBe(before);
        (await lender.Manager.PutAsync(path, new { reason = "Again" })).ShouldBeRefused(409, "ALREADY_UNDONE");
        (await ActsAsync(loan)).ShouldHaveSingleItem().GetProperty("isUndone").GetBoolean().ShouldBeTrue();
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_rescheduled_loan_takes_payments_by_its_new_schedule()
    {
        var loan = await OverdueLoanAsync();
        await ActAsync(loan, "reschedule");
        await lender.PayAsync(loan, 150_00, lender.Today);
        await ActAsync(loan, "re-amortize");
        await lender.PayAsync(loan, 50_00, lender.Today);
        var now = await lender.ReadAsync(loan);
        now.InstallmentCount.ShouldBe(14);
        (await ActsAsync(loan)).Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_clock_runs_again_when_a_manager_says_so()
    {
        var loan = await OverdueLoanAsync();
        var path = $"admin/loans/{loan.Id}/resume-arrears";
        var reason = new { reason = "The dispute is settled" };
        (await lender.Manager.PutAsync(path, reason)).ShouldBeRefused(409, "NOT_PAUSED");
        (await ActAsync(loan, "pause-arrears")).ShouldSucceed();
        (await ActAsync(loan, "pause-arrears")).ShouldBeRefused(409, "ALREADY_PAUSED");
        (await lender.Manager.PutAsync(path, reason)).ShouldSucceed();
    }

    [Fact]
    public async Task Wrong_acts_are_refused_and_change_nothing()
    {
        var loan = await OverdueLoanAsync();
        var before = await HistoryAsync(loan);
        (await ActAsync(loan, "terminate", by: server.OtherLender.Manager)).ShouldBeRefused(404, "NOT_FOUND");
        (await ActAsync(loan, "terminate", by: lender.Cashier)).ShouldBeRefused(403, "FORBIDDEN");
        var nothing = new { from = lender.Today, reason = "None" };
        (await lender.Manager.PutAsync($"admin/loans/{loan.Id}/reschedule", nothing)).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        var early = new
        {
            firstDueDate = lender.Today,
            installments = 3,
            repayEvery = 1,
            repayUnit = "MONTHS",
            reason = "Today",
        };
        (await lender.Manager.PutAsync($"admin/loans/{loan.Id}/re-age", early)).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        var flat = await lender.OpenLoanAsync(await lender.AddCustomerAsync());
        (await ActAsync(flat, "pause-interest")).ShouldBeRefused(409, "INTEREST_IS_FIXED");
        (await HistoryAsync(loan)).ShouldBe(before);
    }

    // Of 1,200.00 in twelve installments with interest by the day; the first is overdue.
    private async Task<StoredLoan> OverdueLoanAsync() =>
        await lender.AddLoanAsync(await lender.AddCustomerAsync(), new() { DaysAgo = 40, AnnualRatePercent = 12 });

    private Task<Reply> ActAsync(StoredLoan loan, string act, bool dryRun = false, TestUser? by = null)
    {
        var (today, reason) = (lender.Today, "For the test");
        var longer = new
        {
            from = today,
            extraInstallments = 2,
            reason,
            dryRun,
        };
        var spread = new
        {
            firstDueDate = today.AddDays(14),
            installments = 6,
            repayEvery = 1,
            repayUnit = "MONTHS",
            reason,
            dryRun,
        };
        var pause = new
        {
            from = today.AddDays(-5),
            through = today.AddDays(20),
            reason,
            dryRun,
        };
        var (path, body) = act switch
        {
            "reschedule" => ($"admin/loans/{loan.Id}/reschedule", (object)longer),
            "re-age" => ($"admin/loans/{loan.Id}/re-age", spread),
            "re-amortize" => ($"admin/loans/{loan.Id}/re-amortize", new { reason, dryRun }),
            "pause-interest" => ($"admin/loans/{loan.Id}/pause-interest", pause),
            "pause-arrears" => ($"admin/loans/{loan.Id}/pause-arrears", pause),
            _ => ($"admin/loans/{loan.Id}/terminate", new { reason, dryRun }),
        };
        return (by ?? lender.Manager).PutAsync(path, body);
    }

    private async Task<string> HistoryAsync(StoredLoan loan) =>
        (await lender.Manager.GetAsync($"user/loan-details-with-payment-history/{loan.ApplicationId}"))
            .ShouldSucceed()
            .GetProperty("paymentHistory")
            .ToString();

    private async Task<IReadOnlyList<JsonElement>> ActsAsync(StoredLoan loan) =>
        [.. (await lender.Manager.GetAsync($"admin/loans/{loan.Id}/acts")).ShouldSucceed().EnumerateArray()];
}
