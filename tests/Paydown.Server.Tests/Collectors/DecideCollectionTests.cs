using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Collectors;

public sealed class DecideCollectionTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_officer_books_what_waits_on_another_loan_and_beyond_the_debt()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var loan = await collector.HoldAsync();
        var imported = await collector.ImportAsync(
            $"T-1;RF00;{lender.Today:yyyy-MM-dd};30;",
            collector.Line("T-2", loan, "5000", "100")
        );
        var waiting = imported.GetProperty("collections");
        var (unknown, above) = (waiting[0].GetProperty("id").GetGuid(), waiting[1].GetProperty("id").GetGuid());
        var reason = "The collector confirmed it";
        (
            await lender.Cashier.PutAsync($"admin/collections/{unknown}/book", new { reason })
        ).ShouldBeRefused(404, "NOT_FOUND");
        (
            await server.OtherLender.Cashier.PutAsync($"admin/collections/{unknown}/book", new { reason })
        ).ShouldBeRefused(404, "NOT_FOUND");
        (
            await lender.Cashier.PutAsync(
                $"admin/collections/{unknown}/book",
                new { accountId = loan.Id, commission = 30.01m, reason }
            )
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
        var booked = await lender.Cashier.PutAsync(
            $"admin/collections/{unknown}/book",
            new { accountId = loan.Id, reason }
        );
        booked.ShouldSucceed().GetProperty("state").GetString().ShouldBe("BOOKED");
        booked.Data.GetProperty("commission").GetDecimal().ShouldBe(2.25m);
        (
            await lender.Cashier.PutAsync($"admin/collections/{unknown}/discard", new { reason })
        ).ShouldBeRefused(409, "COLLECTION_NOT_WAITING");

        (await lender.Cashier.PutAsync($"admin/collections/{above}/book", new { reason })).ShouldSucceed();
        (await lender.ReadAsync(loan)).Overpaid.IsPositive.ShouldBeTrue();
        (await collector.BalanceAsync()).GetProperty("commission").GetDecimal().ShouldBe(102.25m);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Above_the_four_eyes_amount_another_officer_books_than_sent_the_file()
    {
        var lender = await server.AddOrganisationAsync();
        await lender.ChangeAsync(("fourEyesAbove", 100));
        var collector = await TestCollector.AddAsync(lender);
        var imported = await collector.ImportAsync(collector.Line("T-1", await collector.HoldAsync(), "101"));
        var path = $"admin/collections/{imported.GetProperty("collections")[0].GetProperty("id").GetGuid()}/book";
        (
            await lender.Cashier.PutAsync(path, new { reason = "Seen" })
        ).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        (await lender.SecondCashier.PutAsync(path, new { reason = "Seen" })).ShouldSucceed();
    }

    [Fact]
    public async Task An_officer_discards_what_is_no_money()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var imported = await collector.ImportAsync($"T-1;RF00;{lender.Today:yyyy-MM-dd};30;");
        var id = imported.GetProperty("collections")[0].GetProperty("id").GetGuid();
        var discarded = await lender.Cashier.PutAsync($"admin/collections/{id}/discard", new { reason = "Bounced" });
        discarded.ShouldSucceed().GetProperty("explanation").GetString().ShouldBe("Bounced");
        (await collector.BalanceAsync()).GetProperty("waitingCount").GetInt32().ShouldBe(0);
        (
            await server.OtherLender.Cashier.PutAsync($"admin/collections/{id}/discard", new { reason = "No" })
        ).ShouldBeRefused(404, "NOT_FOUND");
        await server.ShouldAuditCleanAsync();
    }
}
