using Npgsql;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.Isolation;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

/// <summary>Another server migrates the database while one runs with prepared statements.</summary>
public sealed class RollingMigrationTests(TestServer server) : IClassFixture<TestServer>
{
    // New types for columns that frequent statements read, so the prepared statements become invalid.
    private const string NewTypes = """
        create type mood as enum ('GLAD', 'SAD');
        alter table organisation add column mood mood not null default 'GLAD';
        create domain person_name as varchar(200);
        alter table app_user alter column first_name type person_name, alter column last_name type person_name;
        alter table organisation alter column name type varchar(200);
        create domain account_state as varchar(30);
        alter table loan_account alter column state type account_state;
        alter table loan_account alter column product_name type varchar(200);
        create domain event_word as varchar(30);
        alter table loan_event alter column kind type event_word;
        alter table idempotency_record alter column status type int
        """;

    [Fact]
    public async Task A_running_server_handles_every_call_after_another_has_migrated()
    {
        await using var lender = await TestServer.AttachAsync(server.Address, server.ConnectionString, server.Clock);
        // Twice, so every statement is prepared on the existing connections.
        for (var round = 0; round < 2; round++)
            await EveryCall.ShouldDecideAsync(lender);
        await EveryCall.ShouldNotFailAsync(lender);

        await using (var other = Database.OpenAsOwner(server.ConnectionString))
        {
            IReadOnlyList<Migration> newer =
            [
                .. Migration.All,
                new Migration(Migration.All.Count + 1, "next_types", NewTypes),
            ];
            (await new Migrator(other, TimeProvider.System, newer).ApplyAsync(default)).ShouldBe(["next_types"]);
        }

        await EveryCall.ShouldDecideAsync(lender);
        await EveryCall.ShouldNotFailAsync(lender);
    }

    [Fact]
    public async Task No_pool_knows_a_type_of_the_schema()
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select array['VERIFIED']::decision_kind[]", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        // If a pool knew the type, an error of the first start would again be hidden by existing databases.
        Should.Throw<InvalidCastException>(() => reader.GetFieldValue<string[]>(0));
    }
}
