using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Lending.Accounting;
using Paydown.Server.Loans;
using Paydown.Server.Statements;
using Paydown.Server.Tests.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class UnmatchedPaymentsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;
    private TestBank bank = null!;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        bank = new TestBank(lender);
    }

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task Money_that_waits_is_listed_oldest_first_with_its_age_and_suggestions()
    {
        var customer = await lender.AddCustomerAsync();
        await lender.BankAccountOfAsync(customer);
        var loan = await lender.OpenLoanAsync(customer);
        // Too long ago to be this money by itself.
        var reported = await lender.ReportAsync(loan, 80_00, lender.Today.AddDays(-20));
        await bank.ImportAsync(
            new TestEntry(80, Text: "For the loan") { PayerAccount = TestWallet.GoodNumber },
            new TestEntry(5) { On = lender.Today.AddDays(-9) }
        );
        var listed = (await lender.Cashier.GetAsync("admin/unmatched-payments")).ShouldSucceed();
        listed.EnumerateArray().Select(one => one.GetProperty("ageInDays").GetInt32()).ShouldBe([9, 0]);
        listed[0].GetProperty("suggestions").GetArrayLength().ShouldBe(0);
        var best = listed[1].GetProperty("suggestions")[0];
        best.GetProperty("kind").GetString().ShouldBe("SAME_ACCOUNT");
        var part = best.GetProperty("parts")[0];
        part.GetProperty("repaymentId").GetGuid().ShouldBe(reported);
        part.GetProperty("reportedAmount").GetDecimal().ShouldBe(80);
        part.GetProperty("customerName").GetString().ShouldBe("Ada Example");
    }

    [Fact]
    public async Task Assigned_money_pays_the_report_of_its_amount_and_leaves_the_suspense_account()
    {
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 60_00, lender.Today);
        var id = IdOf(await bank.ImportOneAsync(new TestEntry(60)));
        var assigned = await AssignAsync(id, new { accountId = loan.Id.Value, reason = "They called." });
        var entry = assigned.ShouldSucceed().GetProperty("entry");
        entry.GetProperty("state").GetString().ShouldBe("ASSIGNED");
        entry.GetProperty("reasons")[0].GetString().ShouldBe("They called.");
        entry.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid().ShouldBe(reported);
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(0);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(60_00);
        (await AssignAsync(id, new { accountId = loan.Id.Value })).ShouldBeRefused(409, "ENTRY_NOT_OPEN");
        (await lender.Manager.PutAsync($"admin/repayments/{reported}/reverse", new { reason = "No." })).ShouldBeRefused(
            409,
            "PAID_BY_BANK_ENTRY"
        );
    }

    [Fact]
    public async Task A_report_of_another_amount_takes_the_amount_that_came()
    {
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 100_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(99, loan.Reference));
        entry.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        (await AssignAsync(IdOf(entry), new { accountId = loan.Id.Value, repaymentId = reported })).ShouldSucceed();
        var repayment = await bank.RepaymentAsync(reported);
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        repayment.GetProperty("repaymentAmount").GetDecimal().ShouldBe(99);
        repayment.GetProperty("reportedAmount").GetDecimal().ShouldBe(100);
    }

    [Fact]
    public async Task One_transfer_is_split_over_several_loans_and_its_parts_are_the_whole()
    {
        var loans = await OpenLoansAsync(3);
        var id = IdOf(await bank.ImportOneAsync(new TestEntry(100)));
        object PartsOf(params decimal[] amounts) =>
            new { parts = amounts.Select((amount, i) => new { accountId = loans[i].Id.Value, amount }).ToList() };

        (await AssignAsync(id, PartsOf(50, 30, 19.99m))).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await AssignAsync(id, PartsOf(50, 60, -10))).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await AssignAsync(id, new { })).ShouldBeRefused(422, "VALIDATION_ERROR");
        var split = (await AssignAsync(id, PartsOf(50, 30, 20))).ShouldSucceed();
        split.GetProperty("entry").GetProperty("repayments").GetArrayLength().ShouldBe(3);
        (await lender.EventNamesOfAsync(loans[2])).ShouldContain("repayment.verified");
    }

    [Fact]
    public async Task An_undone_match_takes_the_repayment_back_and_opens_the_report_again()
    {
        var loan = await lender.OpenLoanAsync();
        var before = await lender.ReadAsync(loan);
        var reported = await lender.ReportAsync(loan, 70_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(70, loan.Reference));
        var undone = (await UndoAsync(IdOf(entry))).ShouldSucceed().GetProperty("entry");
        undone.GetProperty("state").GetString().ShouldBe("UNMATCHED");
        undone.GetProperty("repayments").GetArrayLength().ShouldBe(0);
        var after = await lender.ReadAsync(loan);
        (after.Balance, after.Pending.MinorUnits).ShouldBe((before.Balance, 70_00));
        (await bank.RepaymentAsync(reported)).GetProperty("isReversed").GetBoolean().ShouldBeTrue();
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-70_00);
        (await UndoAsync(IdOf(entry))).ShouldBeRefused(409, "ENTRY_NOT_DECIDED");

        // The report is open again, so the money finds it again.
        (await AssignAsync(IdOf(entry), new { accountId = loan.Id.Value })).ShouldSucceed();
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(70_00);
    }

    [Fact]
    public async Task An_undone_confirmation_leaves_the_repayment_of_the_officer_alone()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.PayAsync(loan, 40_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(40, loan.Reference));
        (await UndoAsync(IdOf(entry))).ShouldSucceed();
        (await bank.RepaymentAsync(id)).GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-40_00);
    }

    [Fact]
    public async Task A_charge_is_booked_by_hand_and_undone()
    {
        var id = IdOf(await bank.ImportOneAsync(new TestEntry(-12, Text: "Account maintenance")));
        var body = new { kind = "BANK_CHARGE", reason = "Monthly." };
        (await lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/book", body)).ShouldSucceed();
        (await bank.BalanceAsync(LedgerAccount.BankCharges)).ShouldBe(12_00);
        (await UndoAsync(id)).ShouldSucceed();
        (await bank.BalanceAsync(LedgerAccount.BankCharges)).ShouldBe(0);
        (await lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/book", body)).ShouldSucceed();
        (await lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/book", body)).ShouldBeRefused(
            409,
            "ENTRY_NOT_OPEN"
        );
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(-12_00);
    }

    [Fact]
    public async Task What_is_booked_elsewhere_is_set_aside_by_two_officers_if_it_is_much()
    {
        await lender.ChangeAsync(("fourEyesAbove", 100));
        var id = IdOf(await bank.ImportOneAsync(new TestEntry(5_000, Text: "Capital")));
        var body = new { reason = "Capital of the owner." };
        var first = (await lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/ignore", body)).ShouldSucceed();
        first.GetProperty("awaitedApproval").GetProperty("act").GetString().ShouldBe("IGNORE_BANK_ENTRY");
        first.GetProperty("entry").GetProperty("state").GetString().ShouldBe("UNMATCHED");
        var second = await lender.SecondCashier.PutAsync($"admin/unmatched-payments/{id}/ignore", body);
        second.ShouldSucceed().GetProperty("entry").GetProperty("state").GetString().ShouldBe("IGNORED");
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(0);

        (await UndoAsync(id)).ShouldSucceed();
        var undone = await lender.SecondManager.PutAsync($"admin/statement-entries/{id}/undo", new { reason = "No." });
        undone.ShouldSucceed().GetProperty("entry").GetProperty("state").GetString().ShouldBe("UNMATCHED");
    }

    [Fact]
    public async Task Money_out_pays_no_loan_and_a_loan_of_another_lender_does_not_exist()
    {
        var foreign = await server.OtherLender.OpenLoanAsync();
        var entries = await bank.ImportAsync(new TestEntry(-1), new TestEntry(1));
        var loan = await lender.OpenLoanAsync();
        (await AssignAsync(IdOf(entries[0]), new { accountId = loan.Id.Value })).ShouldBeRefused(
            409,
            "ENTRY_IS_MONEY_OUT"
        );
        (await AssignAsync(IdOf(entries[1]), new { accountId = foreign.Id.Value })).ShouldBeRefused(404, "NOT_FOUND");
        (
            await AssignAsync(IdOf(entries[1]), new { accountId = loan.Id.Value, repaymentId = server.Ids.Next() })
        ).ShouldBeRefused(404, "NOT_FOUND");
        (
            await server.OtherLender.Manager.PutAsync(
                $"admin/unmatched-payments/{IdOf(entries[1])}/assign",
                new { accountId = foreign.Id.Value }
            )
        ).ShouldBeRefused(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Of_two_officers_who_assign_at_once_one_wins()
    {
        var loans = await OpenLoansAsync(2);
        var id = IdOf(await bank.ImportOneAsync(new TestEntry(10)));
        var replies = await Task.WhenAll(
            lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/assign", new { accountId = loans[0].Id.Value }),
            lender.Manager.PutAsync($"admin/unmatched-payments/{id}/assign", new { accountId = loans[1].Id.Value })
        );
        replies.Select(reply => reply.Status).Order().ShouldBe([200, 409]);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(10_00);
    }

    private static Guid IdOf(JsonElement entry) => entry.GetProperty("id").GetGuid();

    [Fact]
    public async Task Money_that_came_before_its_report_is_matched_when_the_customer_reports()
    {
        var loan = await lender.OpenLoanAsync();
        var entry = await bank.ImportOneAsync(new TestEntry(64, Text: "Rent") { PayerAccount = TestWallet.GoodNumber });
        entry.GetProperty("state").GetString().ShouldBe("UNMATCHED");
        await lender.ReportAsync(loan, 64_00, lender.Today);
        using var worker = WorkerOf(lender.Server);

        (await worker.RunOnceAsync(default)).ShouldBeGreaterThan(0);

        var id = IdOf(entry);
        var waiting = (await lender.Cashier.GetAsync("admin/unmatched-payments?size=50")).ShouldSucceed();
        waiting.EnumerateArray().ShouldNotContain(one => IdOf(one.GetProperty("entry")) == id);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(64_00);
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(0);
        await lender.Server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_match_that_an_officer_has_undone_stays_undone()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.ReportAsync(loan, 65_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(65, loan.Reference));
        (await UndoAsync(IdOf(entry))).ShouldSucceed();
        using var worker = WorkerOf(lender.Server);
        await worker.RunOnceAsync(default);
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-65_00);
    }

    [Fact]
    public async Task Money_is_not_recorded_while_a_report_near_it_that_an_officer_verified_has_no_money()
    {
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 100_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(80, loan.Reference));
        entry.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        await lender.VerifyAsync(reported);
        await bank.ImportOneAsync(new TestEntry(1));
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-81_00);
    }

    private static StatementWorker WorkerOf(TestServer server) =>
        new(
            server.Database,
            server.Services.GetRequiredService<EntryMatching>(),
            TimeProvider.System,
            NullLogger<StatementWorker>.Instance
        );

    private Task<Reply> AssignAsync(Guid id, object body) =>
        lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/assign", body);

    private Task<Reply> UndoAsync(Guid id) =>
        lender.Manager.PutAsync($"admin/statement-entries/{id}/undo", new { reason = "A mistake." });

    private async Task<IReadOnlyList<StoredLoan>> OpenLoansAsync(int count)
    {
        var loans = new List<StoredLoan>();
        for (var i = 0; i < count; i++)
            loans.Add(await lender.OpenLoanAsync(await lender.AddCustomerAsync()));
        return loans;
    }
}
