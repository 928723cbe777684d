using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>
/// <see cref="Audit"/> finds payoffs, refunds, waivers and write-offs that do not agree with the wallet and the books.
/// </summary>
public sealed class ServicingAuditTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    // Each statement has one of these as $1: a reversed payoff from the wallet {0}, the refund {1} of another loan's
    // overpayment, or that loan {2}.
    public static TheoryData<string, string, int> Damages =>
        new()
        {
            {
                "each repayment from a wallet took its amount from there",
                "delete from journal_entry where kind = 'REPAID_FROM_WALLET' and subject_id = $1",
                0
            },
            {
                "each reversed repayment from a wallet returned there",
                "delete from journal_entry where kind = 'RETURNED_TO_WALLET' and subject_id = $1",
                0
            },
            {
                "each refund went to the wallet",
                """
                    update journal_entry set amounts = array(select 2 * amount from unnest(amounts) as p (amount))
                    where kind = 'REFUNDED_TO_WALLET' and subject_id = $1
                    """,
                1
            },
            {
                "what moves between loan and wallet has its record in the loan",
                "update journal_entry set subject_id = id where kind = 'REFUNDED_TO_WALLET' and subject_id = $1",
                1
            },
            {
                "ledger WRITE_OFF_EXPENSE = fold",
                "delete from loan_event where kind = 'WRITE_OFF' and account_id = $1",
                2
            },
            {
                "ledger PENALTY_INCOME = fold",
                "update loan_event set amount = amount - 1 where kind = 'WAIVER' and account_id = $1",
                2
            },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Each_kind_of_damage_is_found(string law, string damage, int of)
    {
        var ids = await ServicedAsync();
        var clean = $"4 loans, 3 repayments, {await EntriesAsync()} entries checked: 0 breaches\n";
        (await server.AuditAsync()).ShouldBe((0, clean));
        await server.BackDoor.DamageAsync(damage, ids[of]);
        var (exit, output) = await server.AuditAsync();
        exit.ShouldBe(1);
        output.ShouldContain($"BREACH {law}:");
        await server.BackDoor.ClearBooksAsync();
    }

    // One loan paid off from the wallet and reopened, one overpaid and refunded, one written off after a waiver.
    private async Task<Guid[]> ServicedAsync()
    {
        var paid = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(lender.Customer, paid.Payoff.MinorUnits);
        var payoff = await lender.Customer.PostAsync(
            "user/payoff-loan",
            new { loanApplicationId = paid.ApplicationId, paymentMethod = "WALLET" }
        );
        payoff.Status.ShouldBe(200, payoff.Body);
        var repaymentId = payoff.Data.GetProperty("repaymentId").GetGuid();
        (
            await lender.Cashier.PutAsync($"admin/repayments/{repaymentId}/reverse", new { reason = "Mistake" })
        ).Status.ShouldBe(200);
        var overpaid = await lender.OpenLoanAsync();
        await lender.PayAsync(overpaid, overpaid.Payoff.MinorUnits + 500, lender.Today);
        var refund = await lender.Manager.PutAsync($"admin/loans/{overpaid.Id}/refund-overpayment", new { amount = 4 });
        refund.Status.ShouldBe(200, refund.Body);
        return [repaymentId, refund.Data.GetProperty("id").GetGuid(), await WrittenOffAsync()];
    }

    private async Task<Guid> WrittenOffAsync()
    {
        var lost = await lender.OpenLoanAsync();
        var charge = await lender.Manager.PostAsync(
            $"admin/loans/{lost.Id}/charges",
            new
            {
                kind = "PENALTY",
                amount = 5,
                dueDate = $"{lender.Today:yyyy-MM-dd}",
            }
        );
        var waived = await lender.Manager.PutAsync(
            $"admin/loans/{lost.Id}/waive",
            new
            {
                debt = "CHARGE",
                chargeId = charge.Data.GetProperty("id").GetGuid(),
                amount = 3,
                reason = "Kind",
            }
        );
        waived.Status.ShouldBe(200, waived.Body);
        (await lender.Manager.PutAsync($"admin/loans/{lost.Id}/write-off", new { reason = "Lost" })).Status.ShouldBe(
            200
        );
        await lender.PayAsync(lost, 10_000, lender.Today);
        return lost.Id.Value;
    }

    private Task<long> EntriesAsync() => server.ScalarAsync<long>("select count(*) from journal_entry");
}
