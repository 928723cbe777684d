using Paydown.Lending.Loans;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class AuditTests(TestLender lender) : IClassFixture<TestLender>
{
    // Each takes one loan {0}, its verified repayment {1} or its pending one {2} as $1.
    public static TheoryData<string, string, int> Damages => new()
    {
        {
            "cached principal = fold",
            "update loan_account set principal_balance = principal_balance + 1 where id = $1", 0
        },
        { "cached payoff = fold", "update loan_account set payoff_balance = payoff_balance - 1 where id = $1", 0 },
        { "cached state = fold", "update loan_account set state = 'CLOSED' where id = $1", 0 },
        { "cached next due date = fold", "update loan_account set next_due_on = null where id = $1", 0 },
        { "cached event count = events", "update loan_account set event_count = 7 where id = $1", 0 },
        { "cached day = fold", "update loan_account set balance_on = '2099-01-01' where id = $1", 0 },
        { "pending total = repayments not decided", "update loan_account set pending_total = 0 where id = $1", 0 },
        { "event amount = repayment amount", "update loan_event set amount = amount - 1 where id = $1", 1 },
        { "event date = payment date", "update loan_event set value_on = value_on + 1 where id = $1", 1 },
        { "each verified repayment has its event", "delete from loan_event where id = $1", 1 },
        { "events are numbered without a gap", "update loan_event set sequence = 9 where id = $1", 1 },
        { "each REPAYMENT event has its decision", "delete from repayment_decision where repayment_id = $1", 1 },
        {
            "each verified repayment has its event",
            """
            insert into repayment_decision
            select customer_id, id, 'VERIFIED', recorded_by, null, now() from repayment where id = $1
            """, 2
        },
        {
            "each reversed repayment has its event",
            """
            insert into repayment_decision
            select customer_id, id, 'REVERSED', recorded_by, 'x', now() from repayment where id = $1
            """, 1
        },
        {
            "verified = allocated + overpaid",
            "update repayment_allocation set fees = fees + 1 where repayment_id = $1", 1
        },
        {
            "allocated parts = fold",
            "update repayment_allocation set fees = fees + 1, interest = interest - 1 where repayment_id = $1", 1
        },
        {
            "allocation = fold",
            "update repayment_allocation set total_balance = total_balance + 1 where repayment_id = $1", 1
        },
        { "allocation = fold", "update repayment_allocation set lines = '[]' where repayment_id = $1", 1 },
        { "each verified repayment has an allocation", "delete from repayment_allocation where repayment_id = $1", 1 },
        {
            "standing version = latest allocation",
            "update repayment_standing set version = 2 where repayment_id = $1", 1
        },
        { "standing = decisions", "update repayment_standing set status = 'REJECTED' where repayment_id = $1", 1 },
        { "standing = decisions", "delete from repayment_standing where repayment_id = $1", 1 },
        { "standing = fold", "update repayment_standing set due_on = null where repayment_id = $1", 1 },
        { "each repayment has its loan", "update repayment set account_id = id where id = $1", 1 },
        {
            "ledger LOAN_PRINCIPAL = fold",
            """
            update posting set ledger_account = 'FEE_INCOME' where ledger_account = 'LOAN_PRINCIPAL' and entry_id in
              (select id from journal_entry where subject_id = $1)
            """, 1
        },
        {
            "each journal entry balances",
            """
            update posting set amount = amount + 1
            where line = 1 and entry_id in (select id from journal_entry where subject_id = $1)
            """, 1
        },
        {
            "trial balance = 0",
            """
            update posting set amount = amount + 1
            where line = 1 and entry_id in (select id from journal_entry where subject_id = $1)
            """, 1
        },
        {
            "each journal entry has postings",
            "delete from posting where entry_id in (select id from journal_entry where subject_id = $1)", 1
        },
        {
            "each journal entry of a loan has its loan",
            "update journal_entry set account_id = id where subject_id = $1", 1
        },
        {
            "each stored answer to repay-loan has its repayment",
            """
            insert into idempotency_record
            select customer_id, 'POST user/repay-loan/{user-id}', id::text, '\x00', 200,
                   convert_to('{"status":"SUCCESS","data":{"id":"' || account_id || '"}}', 'UTF8'), now()
            from repayment where id = $1
            """, 1
        },
    };

    // Each takes the repayment {0} that paid off a loan from the wallet and was reversed, the refund {1} of another
    // loan's overpayment, or that loan {2}, as $1.
    public static TheoryData<string, string, int> WalletDamages => new()
    {
        {
            "each repayment from a wallet took its amount from there",
            "delete from journal_entry where kind = 'REPAID_FROM_WALLET' and subject_id = $1", 0
        },
        {
            "each reversed repayment from a wallet returned there",
            "delete from journal_entry where kind = 'RETURNED_TO_WALLET' and subject_id = $1", 0
        },
        {
            "each refund went to the wallet",
            """
            update posting set amount = 2 * amount where entry_id in
              (select id from journal_entry where kind = 'REFUNDED_TO_WALLET' and subject_id = $1)
            """, 1
        },
        {
            "what moves between loan and wallet has its record in the loan",
            "update journal_entry set subject_id = id where kind = 'REFUNDED_TO_WALLET' and subject_id = $1", 1
        },
        { "ledger WRITE_OFF_EXPENSE = fold", "delete from loan_event where kind = 'WRITE_OFF' and account_id = $1", 2 },
        {
            "ledger PENALTY_INCOME = fold",
            "update loan_event set amount = amount - 1 where kind = 'WAIVER' and account_id = $1", 2
        },
    };

    [Theory]
    [MemberData(nameof(WalletDamages))]
    public async Task Each_kind_of_damage_between_loan_and_wallet_is_found(string law, string damage, int of)
    {
        var ids = await ServicedAsync();
        var clean = $"3 loans, 3 repayments, {await EntriesAsync()} entries checked: 0 breaches\n";
        (await AuditAsync()).ShouldBe((0, clean));
        await lender.DamageAsync(damage, ids[of]);
        var (exit, output) = await AuditAsync();
        exit.ShouldBe(1);
        output.ShouldContain($"BREACH {law}:");
        await ClearAsync();
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Each_kind_of_damage_is_found(string law, string damage, int of)
    {
        var (loan, verified, pending) = await HistoryAsync();
        await lender.DamageAsync(damage, new[] { loan.Id, verified, pending }[of]);
        var (exit, output) = await AuditAsync();
        exit.ShouldBe(1);
        output.ShouldContain($"BREACH {law}:");
        var ids = new[] { loan.Id, verified, pending, lender.OrganisationId };
        if (!law.StartsWith("each journal entry", StringComparison.Ordinal))
            ids.ShouldContain(id => output.Contains(id.ToString()));
        await ClearAsync();
    }

    [Fact]
    public async Task Sound_books_are_clean_whatever_has_happened_to_the_loans()
    {
        var penalty =
            lender.Terms with { OverduePenalty = new OverduePenalty(5, OverduePenaltyBase.PrincipalOverdue, 3) };
        var downPayment = lender.Terms with { DownPayment = new DownPayment(10, true) };
        foreach (var terms in (LoanTerms[])[lender.Terms, penalty, downPayment])
        {
            var (loan, verified, _) = await HistoryAsync(terms);
            await lender.PostAsync(
                lender.Manager, $"admin/loans/{loan.Id}/charges",
                new { kind = "FEE", amount = 12.5, dueDate = $"{lender.Today:yyyy-MM-dd}" });
            await lender.PayAsync(loan, 900_000, lender.Today.AddDays(-80));
            await lender.PutAsync(lender.Cashier, $"admin/repayments/{verified}/reverse", new { reason = "Returned." });
            await lender.PayAsync(loan, 900_000, lender.Today);
        }

        var (exit, output) = await AuditAsync();
        output.ShouldBe("3 loans, 12 repayments, " + await EntriesAsync() + " entries checked: 0 breaches\n");
        exit.ShouldBe(0);
        await ClearAsync();
    }

    [Fact]
    public async Task The_report_can_be_read_by_machines()
    {
        var (loan, _, _) = await HistoryAsync();
        await lender.DamageAsync("update loan_account set overpaid = 1 where id = $1", loan.Id);
        using var output = new StringWriter();
        await Audit.RunAsync(lender.Database, output, json: true, default);
        using var report = System.Text.Json.JsonDocument.Parse(output.ToString());
        var breach = report.RootElement.GetProperty("breaches").EnumerateArray().Single();
        breach.GetProperty("accountId").GetGuid().ShouldBe(loan.Id);
        (breach.GetProperty("expected").GetString(), breach.GetProperty("got").GetString()).ShouldBe(("0", "1"));
        await ClearAsync();
    }

    private async Task<(LoanFile Loan, Guid Verified, Guid Pending)> HistoryAsync(LoanTerms? terms = null)
    {
        var loan = await lender.OpenLoanAsync(terms);
        var verified = await lender.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(1));
        return (loan, verified, await lender.ReportAsync(loan, 50_000, lender.Today));
    }

    // One loan paid off from the wallet and reopened, one overpaid and refunded, one written off after a waiver.
    private async Task<Guid[]> ServicedAsync()
    {
        var paid = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(paid.PayoffMinor);
        var payoff = await lender.PostAsync(
            lender.Customer, "user/payoff-loan",
            new { loanApplicationId = paid.ApplicationId, paymentMethod = "WALLET" });
        payoff.Status.ShouldBe(200, payoff.Body);
        var repaymentId = payoff.Data.GetProperty("repaymentId").GetGuid();
        (await lender.PutAsync(lender.Cashier, $"admin/repayments/{repaymentId}/reverse", new { reason = "Mistake" }))
            .Status.ShouldBe(200);
        var overpaid = await lender.OpenLoanAsync();
        await lender.PayAsync(overpaid, overpaid.PayoffMinor + 500, lender.Today);
        var refund = await lender.PutAsync(
            lender.Manager, $"admin/loans/{overpaid.Id}/refund-overpayment", new { amount = 4 });
        refund.Status.ShouldBe(200, refund.Body);
        return [repaymentId, refund.Data.GetProperty("id").GetGuid(), await WrittenOffAsync()];
    }

    private async Task<Guid> WrittenOffAsync()
    {
        var lost = await lender.OpenLoanAsync();
        var charge = await lender.PostAsync(
            lender.Manager, $"admin/loans/{lost.Id}/charges",
            new { kind = "PENALTY", amount = 5, dueDate = $"{lender.Today:yyyy-MM-dd}" });
        var waived = await lender.PutAsync(
            lender.Manager, $"admin/loans/{lost.Id}/waive",
            new { debt = "CHARGE", chargeId = charge.Data.GetProperty("id").GetGuid(), amount = 3, reason = "Kind" });
        waived.Status.ShouldBe(200, waived.Body);
        (await lender.PutAsync(lender.Manager, $"admin/loans/{lost.Id}/write-off", new { reason = "Lost" })).Status
            .ShouldBe(200);
        await lender.PayAsync(lost, 10_000, lender.Today);
        return lost.Id;
    }

    private Task<long> EntriesAsync() => lender.ScalarAsync<long>("select count(*) from journal_entry");

    private async Task<(int Exit, string Output)> AuditAsync()
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var exit = await Audit.RunAsync(lender.Database, output, json: false, default);
        return (exit, output.ToString());
    }

    // The next case plants its own damage.
    private Task ClearAsync() => lender.DamageAsync(string.Join(
        "; ",
        new[]
        {
            "posting", "journal_entry", "repayment_allocation", "repayment_standing", "repayment_decision",
            "repayment", "loan_event",
            "outbox_event", "idempotency_record", "write_off_approval", "loan_account", "wallet",
        }.Select(table => $"delete from {table}")));
}
