using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Server.Platform.Writes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Writes;

public sealed class IdempotencyUpkeepTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Keys_are_deleted_after_thirty_days_and_not_before()
    {
        await using (
            var command = database.DataSource.CreateCommand(
                """
                insert into idempotency_record (caller_id, route, key, request_hash, status, body, recorded_at)
                select gen_random_uuid(), 'POST x', n::text, '', 200, '', 
                       now() - make_interval(days => n) - interval '1 minute'
                from generate_series(0, 59) n
                """
            )
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        var upkeep = new IdempotencyUpkeep(
            database.DataSource,
            TimeProvider.System,
            NullLogger<IdempotencyUpkeep>.Instance
        );
        (await upkeep.RunOnceAsync(default)).ShouldBe(30);
        (await upkeep.RunOnceAsync(default)).ShouldBe(0);
    }
}
