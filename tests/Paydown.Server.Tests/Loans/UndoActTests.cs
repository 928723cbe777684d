using System.Text.Json;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>
/// <see cref="UndoAct"/> undoes a charge, a waiver, a refund or a write-off as if it had never happened;
/// <see cref="ListActs"/> shows the act and its undoing.
/// </summary>
public sealed class UndoActTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Theory]
    [InlineData("CHARGE")]
    [InlineData("WAIVER")]
    [InlineData("REFUND")]
    [InlineData("WRITE_OFF")]
    public async Task An_undone_act_is_as_if_it_had_never_happened(string kind)
    {
        var loan = await lender.OpenLoanAsync();
        if (kind == "REFUND")
            await lender.PayAsync(loan, loan.Payoff.MinorUnits + 50_000, lender.Today);
        var before = await StateAsync(loan);
        await ActAsync(loan, kind);
        (await StateAsync(loan)).ShouldNotBe(before);
        var listed = (await ActsAsync(loan)).ShouldHaveSingleItem();
        listed.GetProperty("kind").GetString().ShouldBe(kind);
        listed.GetProperty("reason").GetString().ShouldBe("For the test");
        listed.GetProperty("recordedBy").GetGuid().ShouldBe(lender.Manager.UserId);
        listed.GetProperty("isUndone").GetBoolean().ShouldBeFalse();

        var path = $"admin/loans/{loan.Id}/acts/{listed.GetProperty("id").GetGuid()}/undo";
        var undone = await lender.Manager.PutAsync(path, new { reason = "A mistake" }, "undo-" + kind);
        undone.Status.ShouldBe(200, undone.Body);
        (await StateAsync(loan)).ShouldBe(before);
        (await lender.Manager.PutAsync(path, new { reason = "A mistake" }, "undo-" + kind)).IsReplayed.ShouldBeTrue();
        (await lender.Manager.PutAsync(path, new { reason = "Again" })).Code.ShouldBe("ALREADY_UNDONE");
        var shown = (await ActsAsync(loan)).ShouldHaveSingleItem();
        shown.GetProperty("isUndone").GetBoolean().ShouldBeTrue();
        shown.GetProperty("undoneBy").GetGuid().ShouldBe(lender.Manager.UserId);
        shown.GetProperty("undoneReason").GetString().ShouldBe("A mistake");
        shown.GetProperty("amount").GetDecimal().ShouldBe(undone.Data.GetProperty("amount").GetDecimal());
        (
            await server.ScalarAsync<long>(
                "select count(*) from audit_entry where subject_id = $1 and action = 'ACT_UNDONE'",
                loan.Id
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Undoing_a_charge_frees_what_was_paid_and_removes_what_was_waived()
    {
        var loan = await lender.OpenLoanAsync();
        var owed = loan.Payoff.MinorUnits;
        var charge = await lender.Manager.PostAsync(
            $"admin/loans/{loan.Id}/charges",
            new
            {
                kind = "FEE",
                amount = 30,
                reason = "Letter",
            }
        );
        var chargeId = charge.Data.GetProperty("id").GetGuid();
        (
            await lender.Manager.PutAsync(
                $"admin/loans/{loan.Id}/waive",
                new
                {
                    debt = "CHARGE",
                    chargeId,
                    amount = 10,
                    reason = "Kind",
                }
            )
        ).Status.ShouldBe(200);
        await lender.PayAsync(loan, 500_000, lender.Today);
        (await UndoAsync(loan, chargeId)).Status.ShouldBe(200);
        (await lender.ReadAsync(loan)).Payoff.MinorUnits.ShouldBe(owed - 500_000);
        (await lender.Cashier.GetAsync($"admin/loans/{loan.Id}/charges")).Data.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_recovery_becomes_an_ordinary_repayment_if_the_write_off_is_undone()
    {
        var loan = await lender.OpenLoanAsync();
        var owed = loan.Payoff.MinorUnits;
        await ActAsync(loan, "WRITE_OFF");
        await lender.PayAsync(loan, 100_000, lender.Today);
        var act = (await ActsAsync(loan)).Single().GetProperty("id").GetGuid();
        (await UndoAsync(loan, act)).Data.GetProperty("accountState").GetString().ShouldBe("IN_ARREARS");
        (await lender.ReadAsync(loan)).Payoff.MinorUnits.ShouldBe(owed - 100_000);
    }

    [Fact]
    public async Task A_refund_is_taken_back_only_if_the_wallet_still_has_the_money()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, loan.Payoff.MinorUnits + 50_000, lender.Today);
        await ActAsync(loan, "REFUND");
        var act = (await ActsAsync(loan)).Single().GetProperty("id").GetGuid();
        await lender.EmptyWalletAsync(lender.Customer);
        var refused = await UndoAsync(loan, act);
        (refused.Status, refused.Code).ShouldBe((422, "INSUFFICIENT_FUNDS"));
        (await lender.ReadAsync(loan)).Overpaid.MinorUnits.ShouldBe(10_000);
    }

    [Fact]
    public async Task An_act_of_another_loan_is_not_found()
    {
        var (loan, other) = (await lender.OpenLoanAsync(), await lender.OpenLoanAsync());
        await ActAsync(other, "CHARGE");
        var ofOther = (await ActsAsync(other)).Single().GetProperty("id").GetGuid();
        var disbursement = (await lender.ReadAsync(loan)).Events[0].Id;
        var unknown = await UndoAsync(loan, server.Ids.Next());
        unknown.Status.ShouldBe(404);
        (await UndoAsync(loan, ofOther)).Body.ShouldBe(unknown.Body);
        (await UndoAsync(loan, disbursement.Value)).Body.ShouldBe(unknown.Body);
        var path = $"admin/loans/{other.Id}/acts/{ofOther}/undo";
        (await server.OtherLender.Manager.PutAsync(path, new { reason = "Theirs" })).Status.ShouldBe(404);
        (await lender.Cashier.PutAsync(path, new { reason = "No manager" })).Status.ShouldBe(403);
        (await server.OtherLender.Manager.GetAsync($"admin/loans/{other.Id}/acts")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_customer_sees_the_reason_of_a_charge_and_what_was_paid_of_it()
    {
        var loan = await lender.TakeOverLoanAsync();
        (
            await lender.Manager.PostAsync(
                $"admin/loans/{loan.Id}/charges",
                new
                {
                    kind = "PENALTY",
                    amount = 12.5,
                    reason = "Bounced cheque",
                }
            )
        ).Status.ShouldBe(200);
        var charge = (await lender.Customer.GetAsync($"user/loan-charges/{loan.Id}")).Data[0];
        charge.GetProperty("kind").GetString().ShouldBe("PENALTY");
        charge.GetProperty("reason").GetString().ShouldBe("Bounced cheque");
        charge.GetProperty("outstandingAmount").GetDecimal().ShouldBe(12.5m);
        charge.GetProperty("dueDate").GetString().ShouldBe(lender.Today.ToString("yyyy-MM-dd"));
        charge.TryGetProperty("chargedBy", out _).ShouldBeFalse();
        (await lender.Cashier.GetAsync($"admin/loans/{loan.Id}/charges"))
            .Data[0]
            .GetProperty("chargedBy")
            .GetGuid()
            .ShouldBe(lender.Manager.UserId);
    }

    private async Task ActAsync(StoredLoan loan, string kind)
    {
        const string Reason = "For the test";
        var done = kind switch
        {
            "CHARGE" => await lender.Manager.PostAsync(
                $"admin/loans/{loan.Id}/charges",
                new
                {
                    kind = "FEE",
                    amount = 25,
                    reason = Reason,
                }
            ),
            "WAIVER" => await lender.Manager.PutAsync(
                $"admin/loans/{loan.Id}/waive",
                new
                {
                    debt = "INTEREST",
                    amount = 10,
                    reason = Reason,
                }
            ),
            "REFUND" => await lender.Manager.PutAsync(
                $"admin/loans/{loan.Id}/refund-overpayment",
                new { amount = 400, reason = Reason }
            ),
            _ => await lender.Manager.PutAsync($"admin/loans/{loan.Id}/write-off", new { reason = Reason }),
        };
        done.Status.ShouldBe(200, done.Body);
    }

    private Task<Reply> UndoAsync(StoredLoan loan, Guid actId) =>
        lender.Manager.PutAsync($"admin/loans/{loan.Id}/acts/{actId}/undo", new { reason = "A mistake" });

    private async Task<List<JsonElement>> ActsAsync(StoredLoan loan) =>
        [.. (await lender.Cashier.GetAsync($"admin/loans/{loan.Id}/acts")).Data.EnumerateArray()];

    private async Task<(long, long, long, LoanStatus, long)> StateAsync(StoredLoan loan)
    {
        var now = await lender.ReadAsync(loan);
        return (
            now.Balance.Total,
            now.Payoff.MinorUnits,
            now.Overpaid.MinorUnits,
            now.State,
            await lender.ReadWalletAsync(lender.Customer)
        );
    }
}
