using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.SignIn;

public sealed class SignInUpkeepTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private readonly TestDatabase database = new(cluster);
    private SigningKeyStore keys = null!;
    private SignInUpkeep upkeep = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        keys = new SigningKeyStore(database.DataSource, time, new Ids(time));
        upkeep = new SignInUpkeep(database.DataSource, keys, time, NullLogger<SignInUpkeep>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        upkeep.Dispose();
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Servers_that_start_together_create_one_key()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => keys.RotateIfDueAsync(default)));
        made.Count(id => id is not null).ShouldBe(1);
        (await keys.LoadAsync(default)).ShouldHaveSingleItem().SignsFrom.ShouldBe(time.GetUtcNow());
    }

    [Fact]
    public async Task A_key_is_kept_for_thirty_days_plus_the_life_of_a_token()
    {
        await upkeep.RunOnceAsync(default);
        var first = (await keys.LoadAsync(default)).ShouldHaveSingleItem();
        time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        await upkeep.RunOnceAsync(default);
        (await keys.LoadAsync(default)).ShouldHaveSingleItem();

        time.Advance(TimeSpan.FromMinutes(1));
        await upkeep.RunOnceAsync(default);
        (await keys.LoadAsync(default)).Count.ShouldBe(2);
        time.Advance(TimeSpan.FromHours(1));
        await upkeep.RunOnceAsync(default);
        (await keys.LoadAsync(default)).ShouldContain(key => key.Id == first.Id);

        time.Advance(TimeSpan.FromMinutes(10));
        await upkeep.RunOnceAsync(default);
        (await keys.LoadAsync(default)).ShouldHaveSingleItem().Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Expired_rows_are_deleted_and_others_are_kept()
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into revoked_session (session_id, access_until, revoked_at)
            values (gen_random_uuid(), @now, @now), (gen_random_uuid(), @now + interval '1 second', @now);
            insert into sign_in_failure (account, id, failed_at)
            values (sha256('a'), gen_random_uuid(), @now - interval '1 day'), (sha256('a'), gen_random_uuid(), @now);
            """,
            new { now }
        );
        await upkeep.RunOnceAsync(default);
        (await connection.ExecuteScalarAsync<long>("select count(*) from revoked_session")).ShouldBe(1);
        (await connection.ExecuteScalarAsync<long>("select count(*) from sign_in_failure")).ShouldBe(1);
    }

    [Fact]
    public void A_notification_is_parsed_and_a_malformed_one_is_ignored()
    {
        var id = Guid.Parse("0190a5a0-0000-7000-8000-000000000001");
        RevocationStore.TryRead($"{id} 1700000000", out var sessionId, out var until).ShouldBeTrue();
        (sessionId, until.ToUnixTimeSeconds()).ShouldBe((new(id), 1_700_000_000));
        string[] nonsenses = ["", " ", "x 1", $"{id}", $"{id} ", $"{id} -1", $"{id} 9999999999999", $"{id} x"];
        foreach (var nonsense in nonsenses)
            RevocationStore.TryRead(nonsense, out _, out _).ShouldBeFalse(nonsense);
    }
}
