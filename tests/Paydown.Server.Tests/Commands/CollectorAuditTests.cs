using Paydown.Server.Commands;
using Paydown.Server.Tests.Collectors;
using Paydown.Server.Tests.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary><see cref="Audit"/> finds collections and remittances that do not agree with the books.</summary>
public sealed class CollectorAuditTests(TestServer server) : IClassFixture<TestServer>
{
    // Each statement has the id of the collector as $1.
    public static TheoryData<string, string> Damages =>
        new()
        {
            {
                "ledger COLLECTOR_RECEIVABLE of a collector = collected - commission - remitted",
                "update collector_remittance set amount = amount - 1 where collector_id = $1"
            },
            {
                "each booked collection is a repayment of its amount, and its commission is booked",
                "update collection_standing set commission = commission + 1 where collector_id = $1"
            },
            {
                "each collection has its standing",
                "delete from collection_standing where collector_id = $1 and state = 'WAITING'"
            },
            {
                "each remittance is a bank entry that is no repayment",
                """
                    update entry_standing set state = 'IGNORED'
                    where entry_id in (select entry_id from collector_remittance where collector_id = $1)
                    """
            },
            {
                "what a collector collected has its collection",
                "delete from collection_standing where collector_id = $1 and state = 'BOOKED'"
            },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Each_kind_of_damage_is_found(string law, string damage)
    {
        var (lender, collector, _) = await TestCollector.CollectedAsync(server, "100");
        await collector.ImportAsync($"T-2;unknown;{lender.Today:yyyy-MM-dd};10;");
        await new TestBank(lender).ImportOneAsync(new TestEntry(90) { PayerAccount = TestCollector.Account });
        await server.ShouldAuditCleanAsync();
        await server.BackDoor.DamageAsync(damage, collector.Id);
        var (exit, output) = await server.AuditAsync();
        exit.ShouldBe(1);
        output.ShouldContain($"BREACH {law}:");
        await server.BackDoor.ClearBooksAsync();
    }
}
