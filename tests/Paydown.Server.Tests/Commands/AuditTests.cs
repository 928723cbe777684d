using Paydown.Lending.Terms;
using Paydown.Lending.Wallets;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Payments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class AuditTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;
    private TestUser customer = null!;

    public async ValueTask InitializeAsync() => customer = await lender.AddCustomerAsync();

    // The next case plants its own damage.
    public async ValueTask DisposeAsync() => await server.BackDoor.ClearBooksAsync();

    // Each statement has one of these as $1: the loan {0}, its verified repayment {1}, its pending one {2}, a completed
    // transfer {3}, a failed one {4}, the customer {5}.
    public static TheoryData<string, string, int> Damages =>
        new()
        {
            {
                "cached principal = fold",
                "update loan_account set principal_balance = principal_balance + 1 where id = $1",
                0
            },
            { "cached payoff = fold", "update loan_account set payoff_balance = payoff_balance - 1 where id = $1", 0 },
            { "cached state = fold", "update loan_account set state = 'CLOSED' where id = $1", 0 },
            { "cached next due date = fold", "update loan_account set next_due_on = null where id = $1", 0 },
            { "cached event count = events", "update loan_account set event_count = 7 where id = $1", 0 },
            { "cached day = fold", "update loan_account set balance_on = '2099-01-01' where id = $1", 0 },
            { "each loan has its terms", "delete from loan_terms where account_id = $1", 0 },
            { "each loan has its reference", "delete from loan_reference where account_id = $1", 0 },
            { "pending total = repayments not decided", "update loan_account set pending_total = 0 where id = $1", 0 },
            { "event amount = repayment amount", "update loan_event set amount = amount - 1 where id = $1", 1 },
            { "event date = payment date", "update loan_event set value_on = value_on + 1 where id = $1", 1 },
            { "each verified repayment has its event", "delete from loan_event where id = $1", 1 },
            { "events are numbered without a gap", "update loan_event set sequence = 9 where id = $1", 1 },
            { "each REPAYMENT event has its decision", "delete from repayment_decision where repayment_id = $1", 1 },
            {
                "each verified repayment has its event",
                """
                    insert into repayment_decision (customer_id, repayment_id, kind, decided_by, decided_at)
                    select customer_id, id, 'VERIFIED', recorded_by, now() from repayment where id = $1
                    """,
                2
            },
            {
                "each reversed repayment has its event",
                """
                    insert into repayment_decision (customer_id, repayment_id, kind, decided_by, reason, decided_at)
                    select customer_id, id, 'REVERSED', recorded_by, 'x', now() from repayment where id = $1
                    """,
                1
            },
            {
                "verified = allocated + overpaid",
                "update repayment_standing set overpaid = overpaid + 1 where repayment_id = $1",
                1
            },
            {
                "allocation = fold",
                "update repayment_standing set total_balance = total_balance + 1 where repayment_id = $1",
                1
            },
            { "allocation = fold", "update repayment_standing set lines = '[]' where repayment_id = $1", 1 },
            { "allocation = fold", "update repayment_standing set due_on = null where repayment_id = $1", 1 },
            {
                "each verified repayment has an allocation",
                "update repayment_standing set lines = null where repayment_id = $1",
                1
            },
            {
                "every allocation that was replaced is kept",
                "update repayment_standing set version = 2 where repayment_id = $1",
                1
            },
            { "standing = decisions", "update repayment_standing set status = 'REJECTED' where repayment_id = $1", 1 },
            { "standing = decisions", "delete from repayment_standing where repayment_id = $1", 1 },
            { "corrected terms = decisions", "update repayment_standing set amount = 1 where repayment_id = $1", 1 },
            {
                "corrected terms = decisions",
                "update repayment_decision set paid_on = '2020-01-01', reason = 'x' where repayment_id = $1",
                1
            },
            {
                "nobody verifies what they recorded",
                """
                    update repayment r set recorded_by = (select decided_by from repayment_decision where repayment_id = r.id)
                    where id = $1
                    """,
                1
            },
            {
                "a repayment is withdrawn by its customer",
                "update repayment_decision set kind = 'WITHDRAWN' where repayment_id = $1",
                1
            },
            { "each repayment has its loan", "update repayment set account_id = id where id = $1", 1 },
            {
                "ledger LOAN_PRINCIPAL = fold",
                """
                    update journal_entry
                    set ledger_accounts = array_replace(ledger_accounts, 1110::smallint, 4020::smallint)
                    where subject_id = $1
                    """,
                1
            },
            {
                "each journal entry balances",
                "update journal_entry set amounts[1] = amounts[1] + 1 where subject_id = $1",
                1
            },
            { "trial balance = 0", "update journal_entry set amounts[1] = amounts[1] + 1 where subject_id = $1", 1 },
            {
                "ledger balance per month = journal",
                """
                    update ledger_balance set debit = debit + 1
                    where organisation_id = (select organisation_id from loan_account where id = $1)
                    """,
                0
            },
            {
                "ledger balance per month = journal",
                """
                    delete from ledger_balance
                    where organisation_id = (select organisation_id from loan_account where id = $1)
                    """,
                0
            },
            {
                "each journal entry of a loan has its loan",
                "update journal_entry set account_id = id where subject_id = $1",
                1
            },
            {
                "each stored answer has the repayment or transfer that it is about",
                """
                    insert into idempotency_record (id, subject_id, recorded_at, status, request_hash, body)
                    select id, account_id, now(), 200, sha256('x'), '' from repayment where id = $1
                    """,
                1
            },
            {
                "the officers' list of pending repayments = repayments not decided",
                "delete from pending_repayment where repayment_id = $1",
                2
            },
            {
                "the officers' list of pending repayments = repayments not decided",
                """
                    insert into pending_repayment
                    select organisation_id, recorded_at, id, customer_id, amount from repayment where id = $1
                    """,
                1
            },
            {
                "the officers' list of due dates = loans with an unpaid installment",
                "delete from loan_due where account_id in (select account_id from repayment where id = $1)",
                1
            },
            {
                "a decided repayment is listed as it was reported",
                "update repayment_standing set reported_amount = reported_amount + 1 where repayment_id = $1",
                1
            },
            { "wallet balance = ledger", "update wallet set balance = balance + 1 where customer_id = $1", 5 },
            {
                "each movement of a wallet has its line, with the balance after it",
                "update wallet_entry set balance = balance + 1 where customer_id = $1 and sequence = 2",
                5
            },
            {
                "each movement of a wallet has its line, with the balance after it",
                "delete from wallet_entry where customer_id = $1 and sequence = 1",
                5
            },
            { "wallet balance = ledger", "delete from wallet where customer_id = $1", 5 },
            {
                "no wallet is below zero",
                """
                    update journal_entry set amounts = array(select -amount from unnest(amounts) as p (amount))
                    where customer_id = $1 and kind = 'DISBURSED_TO_WALLET'
                    """,
                5
            },
            {
                "ledger PAYOUT_CLEARING = transfers and returns to payers under way",
                """
                    delete from wallet_transfer_outcome where transfer_id = $1;
                    update wallet_transfer_standing set status = 'PROCESSING' where transfer_id = $1
                    """,
                3
            },
            {
                "each transfer took its amount and fee from the wallet once",
                "update wallet_transfer set fee = fee + 1 where id = $1",
                3
            },
            {
                "a failed transfer returned its amount and fee once, and no other did",
                "update journal_entry set kind = 'WITHDRAWAL_SETTLED' where subject_id = $1 and kind = 'WITHDRAWAL_FAILED'",
                4
            },
            {
                "a failed transfer returned its amount and fee once, and no other did",
                """
                    update journal_entry set amounts = array(select 2 * amount from unnest(amounts) as p (amount))
                    where subject_id = $1 and kind = 'WITHDRAWAL_FAILED'
                    """,
                4
            },
            {
                "a completed transfer settled its amount once, and no other did",
                "update wallet_transfer_standing set status = 'FAILED' where transfer_id = $1",
                3
            },
            {
                "a returned transfer gave its amount back once, and no other did",
                "update wallet_transfer_standing set status = 'RETURNED' where transfer_id = $1",
                3
            },
            {
                "each transfer has its standing, which is its outcome",
                "update wallet_transfer_outcome set status = 'COMPLETED', reason = null where transfer_id = $1",
                4
            },
            {
                "each transfer has its standing, which is its outcome",
                "delete from wallet_transfer_standing where transfer_id = $1",
                3
            },
            {
                "each withdrawal in the journal has its transfer",
                """
                    update journal_entry set subject_id = customer_id where subject_id = $1 and kind = 'WITHDRAWAL_SETTLED'
                    """,
                3
            },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Each_kind_of_damage_is_found(string law, string damage, int of)
    {
        var (loan, verified, pending) = await HistoryAsync();
        var (completed, failed) = await TransfersAsync();
        var subjects = new[] { loan.Id.Value, verified, pending, completed, failed, customer.UserId };
        await server.BackDoor.DamageAsync(damage.Replace("$1", $"'{subjects[of]}'"));
        var (exit, output) = await server.AuditAsync();
        exit.ShouldBe(1);
        output.ShouldContain($"BREACH {law}:");
        Guid[] ids = [.. subjects, lender.Id.Value];
        if (!law.StartsWith("each journal entry", StringComparison.Ordinal))
            ids.ShouldContain(id => output.Contains(id.ToString()));
    }

    [Fact]
    public async Task The_audit_finds_no_breach_after_any_kind_of_event()
    {
        var penalty = lender.Terms with
        {
            OverduePenalty = new OverduePenalty(5, OverduePenaltyBase.PrincipalOverdue, 3),
        };
        var downPayment = lender.Terms with { DownPayment = new DownPayment(10, true) };
        foreach (var terms in (LoanTerms[])[lender.Terms, penalty, downPayment])
        {
            var (loan, verified, _) = await HistoryAsync(terms);
            await lender.Manager.PostAsync(
                $"admin/loans/{loan.Id}/charges",
                new
                {
                    kind = "FEE",
                    amount = 12.5,
                    dueDate = $"{lender.Today:yyyy-MM-dd}",
                }
            );
            await lender.PayAsync(loan, 900_000, lender.Today.AddDays(-80));
            await lender.Cashier.PutAsync($"admin/repayments/{verified}/reverse", new { reason = "Returned." });
            await lender.PayAsync(loan, 900_000, lender.Today);
        }

        await TransfersAsync();
        var (exit, output) = await server.AuditAsync();
        output.ShouldBe("3 loans, 12 repayments, " + await EntriesAsync() + " entries checked: 0 breaches\n");
        exit.ShouldBe(0);
    }

    [Fact]
    public async Task The_report_can_be_written_as_json()
    {
        var (loan, _, _) = await HistoryAsync();
        await server.BackDoor.DamageAsync("update loan_account set overpaid = 1 where id = $1", loan.Id);
        var (_, output) = await server.AuditAsync(json: true);
        using var report = System.Text.Json.JsonDocument.Parse(output);
        var breach = report.RootElement.GetProperty("breaches").EnumerateArray().Single();
        breach.GetProperty("accountId").GetGuid().ShouldBe(loan.Id.Value);
        (breach.GetProperty("expected").GetString(), breach.GetProperty("got").GetString()).ShouldBe(
            ("0.00 NGN", "0.01 NGN")
        );
    }

    private async Task<(StoredLoan Loan, Guid Verified, Guid Pending)> HistoryAsync(LoanTerms? terms = null)
    {
        var loan = await lender.OpenLoanAsync(customer, terms);
        var verified = await lender.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(1));
        return (loan, verified, await lender.ReportAsync(loan, 50_000, lender.Today));
    }

    // Two transfers of the money from the loan: one completed, one failed.
    private async Task<(Guid Completed, Guid Failed)> TransfersAsync()
    {
        var (completed, failed) = (
            await TransferAsync(TestWallet.GoodNumber),
            await TransferAsync(TestWallet.ClosedNumber)
        );
        var partner = new SandboxPartner(server.Database, server.Clock, TimeSpan.Zero);
        for (var round = 0; round < 2; round++)
            await TestWallet.DispatcherOf(server, partner).RunOnceAsync(default);
        return (completed, failed);
    }

    private async Task<Guid> TransferAsync(string accountNumber)
    {
        var bankAccountId = await lender.BankAccountOfAsync(customer, accountNumber);
        var reference = await new TestWallet(server, customer, bankAccountId, accountNumber).TransferAsync(100);
        return TransferReference.TryParse(reference, out var id) ? id.Value : default;
    }

    private Task<long> EntriesAsync() => server.ScalarAsync<long>("select count(*) from journal_entry");
}
