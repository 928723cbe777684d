using Paydown.Server.Demo;
using Paydown.Server.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class DemoStatementTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_demo_lenders_statement_has_matched_open_and_ignored_entries_and_the_books_tie()
    {
        await DemoLender.LoadOnceAsync(server.Database, server.Clock, default);
        (await DemoStatement.LoadOnceAsync(server.Database, server.Clock, default)).ShouldBeTrue();
        (await DemoStatement.LoadOnceAsync(server.Database, server.Clock, default)).ShouldBeFalse();
        var states = await server.ScalarAsync<string>(
            """
            select string_agg(s.state::text, ' ' order by e.position)
            from statement_entry e join entry_standing s on s.entry_id = e.id
            where e.organisation_id = $1
            """,
            DemoPeople.OrganisationId
        );
        states.ShouldBe("MATCHED TO_DECIDE UNMATCHED NOT_A_REPAYMENT IGNORED");
        await using var connection = await server.Database.OpenConnectionAsync();
        var account = await server.ScalarAsync<Guid>(
            "select id from collection_account where organisation_id = $1",
            DemoPeople.OrganisationId
        );
        var found = await ReconciliationStore.FindAsync(
            connection,
            DemoPeople.OrganisationId,
            new(account),
            asOf: null,
            DateOnly.FromDateTime(server.Clock.GetUtcNow().DateTime),
            default
        );
        found!.StatementBalance!.Value.MinorUnits.ShouldBe(1_000_00);
        found.Unexplained.IsZero.ShouldBeTrue();
        await server.ShouldAuditCleanAsync();
    }
}
