using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Outbox;

public sealed class OutboxUpkeepTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task An_event_is_kept_in_the_month_of_its_id_even_if_the_month_had_no_partition()
    {
        var clock = new TestClock();
        clock.Advance(new DateTimeOffset(2031, 5, 31, 23, 30, 0, TimeSpan.Zero) - clock.GetUtcNow());
        var ids = new Ids(clock);
        await AddEventAsync(ids.Next());
        clock.Advance(TimeSpan.FromHours(1));
        await AddEventAsync(ids.Next());
        (await PartitionsAsync()).ShouldBe(["outbox_event_other", "outbox_event_other"]);

        clock.Advance(TimeSpan.FromHours(-1));
        var upkeep = new OutboxUpkeep(database.DataSource, clock, NullLogger<OutboxUpkeep>.Instance);
        await Task.WhenAll(upkeep.RunOnceAsync(default), upkeep.RunOnceAsync(default));
        (await PartitionsAsync()).ShouldBe(["outbox_event_2031_05", "outbox_event_2031_06"]);

        clock.AdvanceDays(31 + 30 + 31);
        await AddEventAsync(ids.Next());
        (await PartitionsAsync())[^1].ShouldBe("outbox_event_2031_08");
    }

    private async Task AddEventAsync(Guid id)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            insert into outbox_event (customer_id, id, organisation_id, type, payload, recorded_at)
            values ($1, $1, $1, 'repayment.recorded', '{}', now())
            """
        );
        command.Parameters.Add(Sql.Value(id));
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> PartitionsAsync()
    {
        await using var command = database.DataSource.CreateCommand(
            "select tableoid::regclass::text from outbox_event order by id"
        );
        await using var reader = await command.ExecuteReaderAsync();
        var partitions = new List<string>();
        while (await reader.ReadAsync())
            partitions.Add(reader.GetString(0));
        return partitions;
    }
}
