using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Databases;

public sealed class SeveralDatabasesTests(TwoDatabases both) : IClassFixture<TwoDatabases>
{
    [Fact]
    public async Task Both_lenders_lend_and_are_repaid_through_one_server()
    {
        foreach (var server in new[] { both.North, both.South })
        {
            var lender = server.Lender;
            var loan = await lender.OpenLoanAsync();
            await loan.ReportAsync(1000);
            await server.ShouldAuditCleanAsync();
        }
    }
}
