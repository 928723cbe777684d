using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

public sealed class ApplyChargeTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_charge_is_owed_posted_and_in_the_audit_trail()
    {
        var loan = await lender.OpenLoanAsync();
        var answer = await ChargeAsync(
            loan,
            new
            {
                kind = "PENALTY",
                amount = 12.5,
                dueDate = Day(0),
                reason = "Returned debit",
            }
        );
        answer.Status.ShouldBe(200, answer.Body);
        answer.Data.GetProperty("penaltyBalance").GetDecimal().ShouldBe(12.5m);
        var after = await lender.ReadAsync(loan);
        (after.Balance.Penalty, after.Payoff.MinorUnits).ShouldBe((1_250, loan.Payoff.MinorUnits + 1_250));
        (
            await server.ScalarAsync<string>(
                "select detail ->> 'reason' from audit_entry where subject_id = $1 and action = 'CHARGE_APPLIED'",
                loan.Id
            )
        ).ShouldBe("Returned debit");
        (
            await server.ScalarAsync<long>(
                """
                select p.amount from posting p join journal_entry e on e.customer_id = p.customer_id and e.id = p.entry_id
                where e.account_id = $1 and p.ledger_account = 'PENALTY_INCOME'
                """,
                loan.Id
            )
        ).ShouldBe(-1_250);
    }

    [Fact]
    public async Task A_charge_that_breaks_a_rule_is_refused()
    {
        var loan = await lender.OpenLoanAsync();
        var (path, fee) = (
            $"admin/loans/{loan.Id}/charges",
            new
            {
                kind = "FEE",
                amount = 1,
                dueDate = Day(0),
            }
        );
        (
            await ChargeAsync(
                loan,
                new
                {
                    kind = "GIFT",
                    amount = 1,
                    dueDate = Day(0),
                }
            )
        ).Status.ShouldBe(422);
        (
            await ChargeAsync(
                loan,
                new
                {
                    kind = "FEE",
                    amount = 0.001,
                    dueDate = Day(0),
                }
            )
        ).Code.ShouldBe("VALIDATION_ERROR");
        (
            await ChargeAsync(
                loan,
                new
                {
                    kind = "FEE",
                    amount = 1e300,
                    dueDate = Day(0),
                }
            )
        ).Code.ShouldBe("VALIDATION_ERROR");
        (
            await ChargeAsync(
                loan,
                new
                {
                    kind = "FEE",
                    amount = 1,
                    dueDate = "9999-12-31",
                }
            )
        ).Code.ShouldBe("VALIDATION_ERROR");
        (await server.OtherLender.Manager.PostAsync(path, fee)).Status.ShouldBe(404);
        (await lender.Cashier.PostAsync(path, fee)).Status.ShouldBe(403);
        (await lender.ReadAsync(loan)).Events.Count.ShouldBe(1);
    }

    private Task<Reply> ChargeAsync(StoredLoan loan, object body) =>
        lender.Manager.PostAsync($"admin/loans/{loan.Id}/charges", body);

    private string Day(int days) => lender.Today.AddDays(days).ToString("yyyy-MM-dd");
}
