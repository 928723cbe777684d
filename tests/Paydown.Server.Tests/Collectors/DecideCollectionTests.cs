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
        (await lender.Cashier.PutAsync($"admin/collections/{unknown}/book", new { reason })).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        (
            await server.OtherLender.Cashier.PutAsync($"admin/collections/{unknown}/book", new { reason })
        ).ShouldBeRefused(404, "NOT_FOUND");
        (
            await lender.Cashier.PutAsync(
                $"admin/collections/{unknown}/book",
                new
                {
                    accountId = loan.Id,
                    commission = 30.01m,
                    reason,
                }
            )
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
        var booked = await lender.Cashier.PutAsync(
            $"admin/collections/{unknown}/book",
            new { accountId = loan.Id, reason }
        );
        var payment = booked.ShouldSucceed().GetProperty("collection");
        payment.GetProperty("state").GetString().ShouldBe("BOOKED");
        payment.GetProperty("commission").GetDecimal().ShouldBe(2.25m);
        (await lender.Cashier.PutAsync($"admin/collections/{unknown}/discard", new { reason })).ShouldBeRefused(
            409,
            "COLLECTION_NOT_WAITING"
        );

        (await lender.Cashier.PutAsync($"admin/collections/{above}/book", new { reason })).ShouldSucceed();
        (await lender.ReadAsync(loan)).Overpaid.IsPositive.ShouldBeTrue();
        (await collector.BalanceAsync()).GetProperty("commission").GetDecimal().ShouldBe(102.25m);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Above_the_four_eyes_amount_two_officers_decide()
    {
        var lender = await server.AddOrganisationAsync();
        await lender.ChangeAsync(("fourEyesAbove", 100));
        var collector = await TestCollector.AddAsync(lender);
        var loan = await collector.HoldAsync();
        var imported = await collector.ImportAsync(
            collector.Line("T-1", loan, "101"),
            collector.Line("T-2", loan, "102")
        );
        var ids = imported.GetProperty("collections").EnumerateArray().Select(one => one.GetProperty("id").GetGuid());
        foreach (var (id, act) in ids.Zip(["book", "discard"]))
        {
            var (path, body) = ($"admin/collections/{id}/{act}", new { reason = "Seen" });
            var first = (await lender.Cashier.PutAsync(path, body)).ShouldSucceed();
            first.GetProperty("collection").GetProperty("state").GetString().ShouldBe("WAITING");
            first
                .GetProperty("awaitedApproval")
                .GetProperty("act")
                .GetString()
                .ShouldBe($"{act.ToUpperInvariant()}_COLLECTION");
            (await lender.Cashier.PutAsync(path, body)).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
            var second = (await lender.SecondCashier.PutAsync(path, body)).ShouldSucceed();
            second.GetProperty("collection").GetProperty("state").GetString().ShouldNotBe("WAITING");
        }

        (await collector.BalanceAsync()).GetProperty("collected").GetDecimal().ShouldBe(101);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task An_officer_discards_what_is_no_money()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var imported = await collector.ImportAsync($"T-1;RF00;{lender.Today:yyyy-MM-dd};30;");
        var id = imported.GetProperty("collections")[0].GetProperty("id").GetGuid();
        var discarded = await lender.Cashier.PutAsync($"admin/collections/{id}/discard", new { reason = "Bounced" });
        discarded.ShouldSucceed().GetProperty("collection").GetProperty("explanation").GetString().ShouldBe("Bounced");
        (await collector.BalanceAsync()).GetProperty("waitingCount").GetInt32().ShouldBe(0);
        (
            await server.OtherLender.Cashier.PutAsync($"admin/collections/{id}/discard", new { reason = "No" })
        ).ShouldBeRefused(404, "NOT_FOUND");
        await server.ShouldAuditCleanAsync();
    }
}
