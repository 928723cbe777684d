using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Server.Tests.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Collectors;

public sealed class RemittanceTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Money_from_the_collectors_account_is_its_remittance_and_pays_no_loan()
    {
        var (lender, collector, loan) = await TestCollector.CollectedAsync(server, "100");
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
        var remittances = (
            await lender.Cashier.GetAsync($"admin/collectors/{collector.Id}/remittances")
        ).ShouldSucceed();
        remittances[0].GetProperty("entryId").GetGuid().ShouldBe(entry.GetProperty("id").GetGuid());
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task What_is_short_or_too_much_stays_visible()
    {
        var (lender, collector, loan) = await TestCollector.CollectedAsync(server, "100");
        var bank = new TestBank(lender);
        await bank.ImportOneAsync(new TestEntry(90) { PayerAccount = TestCollector.Account });
        var first = await FileAsync(lender, collector);
        first.GetProperty("isRemitted").GetBoolean().ShouldBeFalse();
        first.GetProperty("owed").GetDecimal().ShouldBe(2.50m);

        // The oldest file gets what is missing first.
        await collector.ImportAsync(collector.Line("T-2", loan, "40"));
        await bank.ImportOneAsync(new TestEntry(42) { PayerAccount = TestCollector.Account });
        var files = (await lender.Cashier.GetAsync($"admin/collectors/{collector.Id}/files")).ShouldSucceed();
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
        var files = (await lender.Cashier.GetAsync($"admin/collectors/{collector.Id}/files")).ShouldSucceed();
        files[0].GetProperty("isRemitted").GetBoolean().ShouldBeTrue();
        files[1].GetProperty("remitted").GetDecimal().ShouldBe(0);
        await server.ShouldAuditCleanAsync();
    }

    private static async Task<JsonElement> FileAsync(TestOrganisation lender, TestCollector collector) =>
        (await lender.Cashier.GetAsync($"admin/collectors/{collector.Id}/files")).ShouldSucceed()[0];
}
