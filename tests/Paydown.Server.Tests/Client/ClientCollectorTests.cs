using System.Text;
using Paydown.Client;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientCollectorTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Officers_import_decide_and_settle_what_a_collector_collected()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        const string name = "Example Collections Ltd";
        var added = await manager.Collectors.AddAsync(new() { Name = name, CommissionPercent = 5 });
        var collector = await manager.Collectors.ChangeAsync(
            added.Id,
            new()
            {
                Name = name,
                CommissionPercent = 2.5m,
                AccountNumber = null,
                CsvProfile = null,
            }
        );
        (await manager.Collectors.ListAsync().ToListAsync()).ShouldHaveSingleItem().ShouldBe(collector);
        await manager.Officers.SetThirdPartyCollectionAsync(setting.Loan.Id.Value, name);

        var file = Encoding.UTF8.GetBytes(
            $"""
            id;loan;date;amount
            T-1;{setting.Loan.Reference};{server.Today:yyyy-MM-dd};100.00
            T-2;unknown;{server.Today:yyyy-MM-dd};10.00
            T-3;unknown;{server.Today:yyyy-MM-dd};20.00
            """
        );
        var preview = await manager.Collectors.ImportAsync(collector.Id, file, "a.csv", dryRun: true);
        (preview.IsPreview, preview.FileId, preview.Booked.Commission).ShouldBe((true, null, 2.50m));
        var imported = await manager.Collectors.ImportAsync(collector.Id, file, "a.csv");
        (imported.NewCount, imported.Waiting.Amount).ShouldBe((3, 30));
        imported.Collections[0].Wait.ShouldBe(CollectionWait.LoanUnknown);

        var waiting = await manager
            .Collectors.ListCollectionsAsync(collector.Id, CollectionState.Waiting, imported.FileId)
            .ToListAsync();
        waiting.Select(one => one.TransactionId).ShouldBe(["T-3", "T-2"]);
        var booked = await manager.Collectors.BookAsync(
            waiting[0].Id!.Value,
            new()
            {
                AccountId = setting.Loan.Id.Value,
                Commission = 1,
                Reason = "Theirs",
            }
        );
        (booked.Collection.State, booked.AwaitedApproval).ShouldBe((CollectionState.Booked, null));
        var discarded = await manager.Collectors.DiscardAsync(waiting[1].Id!.Value, "Bounced");
        discarded.Collection.State.ShouldBe(CollectionState.Discarded);

        await new TestBank(server.Lender).ImportOneAsync(new TestEntry(116.50m, Text: "For you"));
        var entry = await manager.Statements.ListUnmatchedAsync().SingleAsync();
        var taken = await manager.Statements.RemitAsync(
            entry.Entry.Id,
            new()
            {
                CollectorId = collector.Id,
                FileId = imported.FileId,
                Reason = "Theirs",
            }
        );
        taken.Entry.Remittance!.CollectorName.ShouldBe(name);
        var details = await manager.Collectors.GetAsync(collector.Id);
        (details.LoanCount, details.Balance.Due, details.Balance.Owed).ShouldBe((1, 116.50m, 0));
        (await manager.Collectors.ListFilesAsync(collector.Id).SingleAsync()).IsRemitted.ShouldBeTrue();
        (await manager.Collectors.ListRemittancesAsync(collector.Id).SingleAsync()).Amount.ShouldBe(116.50m);
    }
}
