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
    public async Task An_event_is_kept_in_the_month_of_its_id_once_the_month_was_created_ahead()
    {
        var clock = new TestClock();
        clock.Advance(new DateTimeOffset(2031, 5, 31, 23, 30, 0, TimeSpan.Zero) - clock.GetUtcNow());
        var ids = new Ids(clock);
        await AddEventAsync(ids.Next());
        var upkeep = new OutboxUpkeep(database.DataSource, clock, NullLogger<OutboxUpkeep>.Instance);
        await Task.WhenAll(upkeep.RunOnceAsync(default), upkeep.RunOnceAsync(default));
        await AddEventAsync(ids.Next());
        clock.Advance(TimeSpan.FromHours(1));
        await AddEventAsync(ids.Next());
        clock.AdvanceDays(30 + 31);
        await AddEventAsync(ids.Next());

        (await PartitionsAsync()).ShouldBe([
            "outbox_event_other",
            "outbox_event_other",
            "outbox_event_2031_06",
            "outbox_event_2031_08",
        ]);
    }

    [Fact]
    public async Task Events_are_added_while_months_are_created()
    {
        var clock = new TestClock();
        clock.AdvanceDays(3650);
        var upkeep = new OutboxUpkeep(database.DataSource, clock, NullLogger<OutboxUpkeep>.Instance);
        var ids = new Ids(clock);
        var upkeeps = Task.Run(async () =>
        {
            for (var month = 0; month < 24; month++)
                await upkeep.RunOnceAsync(default);
        });
        var added = Enumerable.Range(0, 4).Select(_ => Task.Run(AddManyAsync)).ToList();
        await Task.WhenAll([upkeeps, .. added]);

        async Task AddManyAsync()
        {
            for (var i = 0; i < 50; i++)
                await AddEventAsync(ids.Next());
        }
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
            "select tableoid::regclass::text from outbox_event where id < first_id_at('2032-01-01') order by id"
        );
        await using var reader = await command.ExecuteReaderAsync();
        var partitions = new List<string>();
        while (await reader.ReadAsync())
            partitions.Add(reader.GetString(0));
        return partitions;
    }
}
