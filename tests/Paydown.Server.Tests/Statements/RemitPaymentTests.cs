using Paydown.Lending.Accounting;
using Paydown.Server.Tests.Collectors;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class RemitPaymentTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_officer_takes_an_entry_as_remittance_by_hand_and_undoes_it()
    {
        var (lender, collector, _) = await TestCollector.CollectedAsync(server, "100");
        var bank = new TestBank(lender);
        var entry = await bank.ImportOneAsync(new TestEntry(92.50m, Text: "From us") { PayerAccount = "PL01" });
        entry.GetProperty("state").GetString().ShouldBe("UNMATCHED");
        var id = entry.GetProperty("id").GetGuid();
        var fileId = (await lender.Cashier.GetAsync($"{collector.Path}/files"))
            .ShouldSucceed()[0]
            .GetProperty("id")
            .GetGuid();
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
        var (lender, collector, _) = await TestCollector.CollectedAsync(server, "100");
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
}
