using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

public sealed class MigratorTests(TestCluster cluster)
{
    private static readonly Migration First = new(1, "0001_pets", "CREATE TABLE pets (id int PRIMARY KEY)");
    private static readonly Migration Second = new(2, "0002_names", "ALTER TABLE pets ADD name text");

    [Fact]
    public async Task Missing_migrations_are_applied_in_order_and_only_once()
    {
        await using var source = await OpenBareAsync();
        (await Migrator(source, First).CheckAsync(default)).ShouldBe(SchemaState.Behind);
        (await Migrator(source, First).ApplyAsync(default)).ShouldBe(["0001_pets"]);
        (await Migrator(source, First, Second).ApplyAsync(default)).ShouldBe(["0002_names"]);
        (await Migrator(source, First, Second).ApplyAsync(default)).ShouldBeEmpty();
        (await Migrator(source, First, Second).CheckAsync(default)).ShouldBe(SchemaState.Current);
    }

    [Fact]
    public async Task Servers_that_start_together_apply_each_migration_once()
    {
        await using var source = await OpenBareAsync();
        var all = Enumerable
            .Range(0, 8)
            .Select(_ => Task.Run(() => Migrator(source, First, Second).ApplyAsync(default)));
        var applied = await Task.WhenAll(all);
        applied.SelectMany(names => names).Order().ShouldBe(["0001_pets", "0002_names"]);
    }

    [Fact]
    public async Task A_schema_newer_than_the_program_is_refused()
    {
        await using var source = await OpenBareAsync();
        await Migrator(source, First, Second).ApplyAsync(default);
        (await Migrator(source, First).CheckAsync(default)).ShouldBe(SchemaState.Newer);
        var refused = await Should.ThrowAsync<OperatingException>(() => Migrator(source, First).ApplyAsync(default));
        refused.Message.ShouldContain("0002_names");
    }

    [Fact]
    public async Task A_migration_changed_after_it_was_applied_is_refused()
    {
        await using var source = await OpenBareAsync();
        await Migrator(source, First).ApplyAsync(default);
        var changed = First with { Sql = "CREATE TABLE pets (id bigint PRIMARY KEY)" };
        (await Migrator(source, changed, Second).CheckAsync(default)).ShouldBe(SchemaState.Changed);
        var refused = await Should.ThrowAsync<OperatingException>(() =>
            Migrator(source, changed, Second).ApplyAsync(default)
        );
        refused.Message.ShouldContain("0001_pets");
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        await using var source = await OpenBareAsync();
        var broken = new Migration(2, "0002_broken", "CREATE TABLE half (id int); SELECT * FROM nowhere");
        var failed = await Should.ThrowAsync<OperatingException>(() =>
            Migrator(source, First, broken).ApplyAsync(default)
        );
        failed.Message.ShouldContain("0002_broken");
        (await Migrator(source, First, Second).ApplyAsync(default)).ShouldBe(["0002_names"]);
        await using var command = source.CreateCommand("SELECT to_regclass('half') IS NULL");
        (await command.ExecuteScalarAsync()).ShouldBe(true);
    }

    [Fact]
    public async Task A_login_that_may_not_migrate_learns_who_may()
    {
        var bare = await cluster.CreateBareDatabaseAsync();
        await using (var administrator = NpgsqlDataSource.Create(cluster.AdministratorConnectionString))
        await using (var create = administrator.CreateCommand("create role paydown_visitor login"))
            await create.ExecuteNonQueryAsync();
        var visitor = new NpgsqlConnectionStringBuilder(bare) { Username = "paydown_visitor" };
        await using var source = Database.OpenAsOwner(visitor.ConnectionString);
        var refused = await Should.ThrowAsync<OperatingException>(() => Migrator(source, First).ApplyAsync(default));
        refused.Message.ShouldContain("Run paydown migrate with a login that owns the database");
    }

    private static Migrator Migrator(NpgsqlDataSource source, params Migration[] known) =>
        new(source, TimeProvider.System, known);

    private async Task<NpgsqlDataSource> OpenBareAsync() =>
        Database.OpenAsOwner(await cluster.CreateBareDatabaseAsync());
}
