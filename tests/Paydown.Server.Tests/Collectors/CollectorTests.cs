using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Collectors;

public sealed class CollectorTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_collector_is_added_once_shown_and_changed()
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await TestCollector.AddAsync(lender);
        var shown = (await lender.Cashier.GetAsync($"admin/collectors/{collector.Id}")).ShouldSucceed();
        shown.GetProperty("collector").GetProperty("commissionPercent").GetDecimal().ShouldBe(7.5m);
        shown.GetProperty("collector").GetProperty("accountNumber").GetString().ShouldBe(TestCollector.Account);
        shown.GetProperty("balance").GetProperty("owed").GetDecimal().ShouldBe(0);
        var twice = new { name = "EXAMPLE collections ltd", commissionPercent = 1 };
        (await lender.Manager.PostAsync("admin/collectors", twice)).ShouldBeRefused(409, "COLLECTOR_EXISTS");

        var changed = await lender.Manager.PutAsync(
            $"admin/collectors/{collector.Id}",
            new
            {
                name = "Example Recovery",
                commissionPercent = 0.125m,
                accountNumber = (string?)null,
                csvProfile = (string?)null,
            }
        );
        changed.ShouldSucceed().GetProperty("name").GetString().ShouldBe("Example Recovery");
        (await lender.Manager.GetAsync("admin/collectors")).ShouldSucceed().GetArrayLength().ShouldBe(1);
        (
            await server.ScalarAsync<long>("select count(*) from audit_entry where subject_id = $1", collector.Id)
        ).ShouldBe(2);
    }

    [Fact]
    public async Task The_name_stays_while_loans_carry_it_whichever_case_they_write()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { Collector = "example COLLECTIONS ltd" });
        var collector = await TestCollector.AddAsync(lender);
        var shown = (await lender.Manager.GetAsync(collector.Path)).ShouldSucceed();
        shown.GetProperty("loanCount").GetInt32().ShouldBe(1);
        var other = new
        {
            name = "Another Ltd",
            commissionPercent = 5,
            accountNumber = (string?)null,
            csvProfile = (string?)null,
        };
        (await lender.Manager.PutAsync(collector.Path, other)).ShouldBeRefused(409, "COLLECTOR_HOLDS_LOANS");
        (
            await lender.Manager.PutAsync($"admin/loans/{loan.Id}/third-party-collection", new { enabled = false })
        ).ShouldSucceed();
        (await lender.Manager.PutAsync(collector.Path, other)).ShouldSucceed();
    }

    [Fact]
    public async Task Wrong_figures_and_profiles_are_refused_and_another_lender_sees_nothing()
    {
        var lender = await server.AddOrganisationAsync();
        var wrong = await lender.Manager.PostAsync(
            "admin/collectors",
            new
            {
                name = "A",
                commissionPercent = 1.00001m,
                accountNumber = "----",
                csvProfile = "{}",
            }
        );
        wrong.ShouldBeRefused(422, "VALIDATION_ERROR");
        wrong.Json.GetProperty("errors").GetArrayLength().ShouldBe(3);
        (
            await lender.Manager.PostAsync("admin/collectors", new { name = "A", commissionPercent = 101 })
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await lender.Cashier.PostAsync("admin/collectors", new { name = "A", commissionPercent = 1 })).Status.ShouldBe(
            403
        );

        var collector = await TestCollector.AddAsync(lender);
        var stranger = server.OtherLender.Manager;
        (await stranger.GetAsync(collector.Path)).ShouldBeRefused(404, "NOT_FOUND");
        (await stranger.GetAsync($"{collector.Path}/collections")).ShouldBeRefused(404, "NOT_FOUND");
        (await stranger.GetAsync($"{collector.Path}/files")).ShouldBeRefused(404, "NOT_FOUND");
        var file = TestCollector.FileOf("1;RF18;2026-01-01;1;");
        (await stranger.UploadAsync($"{collector.Path}/collections?fileName=a.csv", file)).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
    }
}
