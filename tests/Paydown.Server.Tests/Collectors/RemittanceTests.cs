using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Server.Loans;
using Paydown.Server.Tests.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Collectors;

public sealed class RemittanceTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Money_from_the_collectors_account_is_its_remittance_and_pays_no_loan()
    {
        var (lender, collector, loan) = await CollectedAsync("100");
        var before = (await lender.ReadAsync(loan)).Payoff;
        var bank = new TestBank(lender);
        // It names a loan, which the file has paid already.
        var entry = await bank.ImportOneAsync(
            new TestEntry(92.50m, Text: $"For {loan.Reference}") { PayerAccount = "DE02 1203 0000 0000 2020 51" }
        );
        entry.GetProperty("state").GetString().ShouldBe("NOT_A_REPAYMENT");
        entry.GetProperty("remittance").GetProperty("collectorId").GetGuid().ShouldBe(collector.Id);
        (await lender.ReadAsync(loan)).Payoff.ShouldBe(before);
        (await bank.BalanceAsync(LedgerAccount.CollectorReceivable)).ShouldBe(0);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(9_250);
        (await bank.BalanceAsync(LedgerAccount.CollectionCommission)).ShouldBe(750);
        var balance = await collector.BalanceAsync();
        balance.GetProperty("remitted").GetDecimal().ShouldBe(92.50m);
        balance.GetProperty("owed").GetDecimal().ShouldBe(0);
        (await FileAsync(lender, collector)).GetProperty("isRemitted").GetBoolean().ShouldBeTrue();
        var remittances = (await lender.Cashier.GetAsync($"{collector.Path}/remittances")).ShouldSucceed();
        remittances[0].GetProperty("entryId").GetGuid().ShouldBe(entry.GetProperty("id").GetGuid());
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task What_is_short_or_too_much_stays_visible()
    {
        var (lender, collector, loan) = await CollectedAsync("100");
        var bank = new TestBank(lender);
        await bank.ImportOneAsync(new TestEntry(90) { PayerAccount = TestCollector.Account });
        var first = await FileAsync(lender, collector);
        first.GetProperty("isRemitted").GetBoolean().ShouldBeFalse();
        first.GetProperty("owed").GetDecimal().ShouldBe(2.50m);

        // The oldest file gets what is missing first.
        await collector.ImportAsync(collector.Line("T-2", loan, "40"));
        await bank.ImportOneAsync(new TestEntry(42) { PayerAccount = TestCollector.Account });
        var files = (await lender.Cashier.GetAsync($"{collector.Path}/files")).ShouldSucceed();
        files[1].GetProperty("owed").GetDecimal().ShouldBe(0);
        files[0].GetProperty("remitted").GetDecimal().ShouldBe(37);
        files[0].GetProperty("isRemitted").GetBoolean().ShouldBeTrue();
        (await collector.BalanceAsync()).GetProperty("owed").GetDecimal().ShouldBe(-2.50m);
        (await bank.BalanceAsync(LedgerAccount.CollectorReceivable)).ShouldBe(-250);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_remittance_that_names_a_file_is_of_that_file()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender, accountNumber: null);
        var loan = await collector.HoldAsync();
        await collector.ImportAsync(collector.Line("T-1", loan, "100"));
        var file = TestCollector.FileOf(collector.Line("T-2", loan, "200"));
        (await collector.UploadAsync(file, "&remittanceReference=short")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await collector.UploadAsync(file, "&remittanceReference=REMIT-2026-01")).ShouldSucceed();
        var other = TestCollector.FileOf(collector.Line("T-3", loan, "1"));
        (await collector.UploadAsync(other, "&remittanceReference=remit202601")).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );

        var bank = new TestBank(lender);
        await bank.ImportOneAsync(new TestEntry(185, Text: "Remit 2026 01, thanks") { PayerAccount = "PL00" });
        var files = (await lender.Cashier.GetAsync($"{collector.Path}/files")).ShouldSucceed();
        files[0].GetProperty("isRemitted").GetBoolean().ShouldBeTrue();
        files[1].GetProperty("remitted").GetDecimal().ShouldBe(0);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task An_officer_takes_an_entry_as_remittance_by_hand_and_undoes_it()
    {
        var (lender, collector, _) = await CollectedAsync("100");
        var bank = new TestBank(lender);
        var entry = await bank.ImportOneAsync(new TestEntry(92.50m, Text: "From us") { PayerAccount = "PL01" });
        entry.GetProperty("state").GetString().ShouldBe("UNMATCHED");
        var id = entry.GetProperty("id").GetGuid();
        var fileId = (await FileAsync(lender, collector)).GetProperty("id").GetGuid();
        var stranger = await TestCollector.AddAsync(server.OtherLender);
        var (path, reason) = ($"admin/unmatched-payments/{id}/remit", "Another account");
        (await lender.Cashier.PutAsync(path, new { collectorId = stranger.Id, reason })).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        (await server.OtherLender.Cashier.PutAsync(path, new { collectorId = stranger.Id, reason })).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        (
            await lender.Cashier.PutAsync(
                path,
                new
                {
                    collectorId = collector.Id,
                    fileId = id,
                    reason,
                }
            )
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
        var taken = await lender.Cashier.PutAsync(
            path,
            new
            {
                collectorId = collector.Id,
                fileId,
                reason,
            }
        );
        taken.ShouldSucceed().GetProperty("entry").GetProperty("state").GetString().ShouldBe("NOT_A_REPAYMENT");
        (await lender.Cashier.PutAsync(path, new { collectorId = collector.Id, reason })).Status.ShouldBe(409);
        (await collector.BalanceAsync()).GetProperty("owed").GetDecimal().ShouldBe(0);

        (
            await lender.Cashier.PutAsync($"admin/statement-entries/{id}/undo", new { reason = "Not theirs" })
        ).ShouldSucceed();
        (await collector.BalanceAsync()).GetProperty("owed").GetDecimal().ShouldBe(92.50m);
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-9_250);
        await server.ShouldAuditCleanAsync();

        var second = await TestCollector.AddAsync(lender, "Another Ltd", accountNumber: null);
        (await lender.Cashier.PutAsync(path, new { collectorId = second.Id, reason })).ShouldSucceed();
        (await second.BalanceAsync()).GetProperty("owed").GetDecimal().ShouldBe(-92.50m);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_remittance_that_the_bank_takes_back_waits_for_an_officer()
    {
        var (lender, collector, _) = await CollectedAsync("100");
        var bank = new TestBank(lender);
        await bank.ImportOneAsync(
            new TestEntry(92.50m) { PayerAccount = TestCollector.Account, BankReference = "FT2601234567" }
        );
        var back = await bank.ImportOneAsync(
            new TestEntry(-92.50m) { BankReference = "FT2601234567", IsReversal = true }
        );
        back.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        var path = $"admin/unmatched-payments/{back.GetProperty("id").GetGuid()}/remit";
        (await lender.Cashier.PutAsync(path, new { collectorId = collector.Id, reason = "Recalled" })).ShouldSucceed();
        (await collector.BalanceAsync()).GetProperty("owed").GetDecimal().ShouldBe(92.50m);
        await server.ShouldAuditCleanAsync();
    }

    private async Task<(TestOrganisation Lender, TestCollector Collector, StoredLoan Loan)> CollectedAsync(
        string amount
    )
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var loan = await collector.HoldAsync();
        await collector.ImportAsync(collector.Line("T-1", loan, amount));
        return (lender, collector, loan);
    }

    private static async Task<JsonElement> FileAsync(TestOrganisation lender, TestCollector collector) =>
        (await lender.Cashier.GetAsync($"{collector.Path}/files")).ShouldSucceed()[0];
}
