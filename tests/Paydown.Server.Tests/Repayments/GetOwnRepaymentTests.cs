using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class GetOwnRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_repayment_is_shown_as_in_the_list()
    {
        var borrower = await Borrower.CreateAsync(server);
        var first = (await borrower.ReportAsync(100)).ShouldSucceed().GetProperty("id").GetGuid();
        var second = (await borrower.ReportAsync(200)).ShouldSucceed().GetProperty("id").GetGuid();
        await lender.VerifyAsync(first);

        var listed = (await borrower.ListAsync()).ShouldSucceed().EnumerateArray().ToList();
        listed.Count.ShouldBe(2);
        foreach (var id in (Guid[])[first, second])
        {
            var shown = (await borrower.Customer.GetAsync($"user/repayments/{id}")).ShouldSucceed();
            shown.GetRawText().ShouldBe(listed.Single(one => one.GetProperty("id").GetGuid() == id).GetRawText());
        }
    }

    [Fact]
    public async Task Another_customers_repayment_looks_like_one_that_does_not_exist()
    {
        var borrower = await Borrower.CreateAsync(server);
        var id = (await borrower.ReportAsync(100)).ShouldSucceed().GetProperty("id").GetGuid();
        var stranger = await lender.AddCustomerAsync();
        var foreign = await stranger.GetAsync($"user/repayments/{id}");
        var unknown = await stranger.GetAsync($"user/repayments/{server.Ids.Next()}");
        (foreign.Status, foreign.Body).ShouldBe((404, unknown.Body));
        (await server.OtherLender.Customer.GetAsync($"user/repayments/{id}")).Body.ShouldBe(unknown.Body);
        (await lender.Cashier.GetAsync($"user/repayments/{id}")).Status.ShouldBe(403);
    }
}
