using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

public sealed class SetThirdPartyCollectionTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task Collection_goes_to_a_third_party_and_back()
    {
        var loan = await lender.OpenLoanAsync();
        var path = $"admin/loans/{loan.Id}/third-party-collection";
        (await lender.Manager.PutAsync(path, new { enabled = true })).Status.ShouldBe(422);
        var handed = await lender.Manager.PutAsync(path, new { enabled = true, collector = "Example Collections Ltd" });
        handed.Data.GetProperty("isThirdPartyPayment").GetBoolean().ShouldBeTrue();
        (await lender.ReadAsync(loan)).Collector.ShouldBe("Example Collections Ltd");
        var back = await lender.Manager.PutAsync(path, new { enabled = false, collector = "ignored" });
        back.Status.ShouldBe(200);
        (await lender.ReadAsync(loan)).Collector.ShouldBeNull();
        (await server.OtherLender.Manager.PutAsync(path, new { enabled = false })).Status.ShouldBe(404);
        (await server.ScalarAsync<long>("select count(*) from audit_entry where subject_id = $1", loan.Id)).ShouldBe(2);
    }
}
