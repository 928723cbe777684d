using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Server.Platform.Writes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Writes;

public sealed class ExpiryUpkeepTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Keys_and_events_are_deleted_after_thirty_days_unless_somebody_awaits_them()
    {
        await using (
            var command = database.DataSource.CreateCommand(
                """
                insert into outbox_event (customer_id, organisation_id, subject_id, type, recorded_at, is_awaited)
                select id, id, id, 'REPAYMENT_RECORDED', now() - make_interval(days => n) - interval '1 minute', n = 50
                from generate_series(0, 59) n, gen_random_uuid() id;
                insert into idempotency_record (id, request_hash, status, body, recorded_at)
                select gen_random_uuid(), sha256('x'), 200, '', now() - make_interval(days => n) - interval '1 minute'
                from generate_series(0, 59) n
                """
            )
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        var upkeep = new ExpiryUpkeep(database.DataSource, TimeProvider.System, NullLogger<ExpiryUpkeep>.Instance);
        (await upkeep.RunOnceAsync(default)).ShouldBe((30, 29));
        (await upkeep.RunOnceAsync(default)).ShouldBe((0, 0));
    }
}
