using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>The schema of a database, compared with the migrations of this program.</summary>
public enum SchemaState
{
    /// <summary>All migrations are applied, and no others.</summary>
    Current,

    /// <summary>Some migrations are missing.</summary>
    Behind,

    /// <summary>A newer program has applied migrations that this program does not know.</summary>
    Newer,

    /// <summary>A migration was changed after it had been applied, so the schema is unknown.</summary>
    Changed,
}

/// <summary>
/// Upgrades the schema of a database to this program. If several servers start at the same time, an advisory lock lets
/// one of them migrate, and the others find nothing to do.
/// </summary>
public sealed class Migrator(NpgsqlDataSource dataSource, TimeProvider time, IReadOnlyList<Migration>? known = null)
{
    // The key of the advisory lock: the letters "paydown".
    private const long LockKey = 0x70_61_79_64_6f_77_6e;

    // Behind a connection pooler, the session may have the role that a server took.
    private const string BeOwner = "set local role none";

    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          number     integer PRIMARY KEY,
          name       text NOT NULL,
          checksum   text NOT NULL,
          applied_at timestamptz NOT NULL
        )
        """;

    private readonly IReadOnlyList<Migration> known = known ?? Migration.All;

    /// <summary>Applies the missing migrations.</summary>
    /// <returns>The names of the applied migrations; empty if none was missing.</returns>
    /// <exception cref="OperatingException">
    /// The schema is newer than the program, or a migration was changed.
    /// </exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken token)
    {
        // A usual start finds nothing to do, with one query and no lock.
        if (await CheckAsync(token) == SchemaState.Current)
            return [];

        var names = new List<string>();
        try
        {
            while (await ApplyNextAsync(token) is { } name)
                names.Add(name);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new OperatingException(
                "The schema is older than this program, and this login may not change it. Run paydown migrate with a "
                    + "login that owns the database; then start again with this one.",
                exception
            );
        }

        return names;
    }

    /// <summary>Compares the schema. Changes nothing.</summary>
    public async Task<SchemaState> CheckAsync(CancellationToken token)
    {
        await using var connection = await dataSource.OpenConnectionAsync(token);
        return Compare(await ReadAppliedAsync(connection, token));
    }

    /// <summary>Checks that the schema is that of this program. Changes nothing.</summary>
    /// <exception cref="OperatingException">The schema does not match.</exception>
    public async Task RequireCurrentAsync(CancellationToken token)
    {
        if (await CheckAsync(token) != SchemaState.Current)
            throw new OperatingException(
                "The schema of the database does not match this program. Run paydown migrate."
            );
    }

    // One transaction per migration, so a failure leaves the schema as it was before.
    private async Task<string?> ApplyNextAsync(CancellationToken token)
    {
        await using var transaction = await WriteTransaction.BeginAsync(
            dataSource,
            token,
            answerMax: Timeout.InfiniteTimeSpan
        );
        var connection = transaction.Connection;
        await ExecuteAsync(connection, BeOwner, token);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", token);
        await ExecuteAsync(connection, CreateTable, token);
        var applied = await ReadAppliedAsync(connection, token);
        Refuse(Compare(applied), applied);
        if (applied.Count == known.Count)
        {
            await transaction.CommitAsync();
            return null;
        }

        var next = known[applied.Count];
        try
        {
            await ExecuteAsync(connection, next.Sql, token);
        }
        catch (PostgresException exception)
        {
            throw new OperatingException(
                $"Migration {next.Name} failed and was undone: {exception.MessageText} ({exception.SqlState}).",
                exception
            );
        }
        await RecordAsync(connection, next, token);
        await transaction.CommitAsync();
        return next.Name;
    }

    private SchemaState Compare(IReadOnlyList<AppliedMigration> applied)
    {
        if (applied.Count > known.Count)
            return SchemaState.Newer;
        for (var index = 0; index < applied.Count; index++)
        {
            if (applied[index].Number != known[index].Number)
                return SchemaState.Newer;
            if (applied[index].Checksum != known[index].Checksum)
                return SchemaState.Changed;
        }
        return applied.Count == known.Count ? SchemaState.Current : SchemaState.Behind;
    }

    private void Refuse(SchemaState state, IReadOnlyList<AppliedMigration> applied)
    {
        switch (state)
        {
            case SchemaState.Newer:
                var newest = known.Count == 0 ? "none" : known[^1].Name;
                throw new OperatingException(
                    $"The database was migrated by a newer Paydown (its schema: {applied[^1].Name}; this program "
                        + $"knows up to: {newest}). Run that version or a later one; nothing was changed."
                );
            case SchemaState.Changed:
                var changed = known.Zip(applied).First(pair => pair.First.Checksum != pair.Second.Checksum).First;
                throw new OperatingException(
                    $"Migration {changed.Name} differs from the one that was applied to this database, because its file was changed "
                        + "since. Restore the file and put the change into a new migration. Nothing was changed."
                );
        }
    }

    private async Task RecordAsync(NpgsqlConnection connection, Migration migration, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
            connection
        )
        {
            Parameters =
            {
                Sql.Value(migration.Number),
                Sql.Value(migration.Name),
                Sql.Value(migration.Checksum),
                Sql.Value(time.GetUtcNow().UtcDateTime),
            },
        };
        await command.ExecuteNonQueryAsync(token);
    }

    private static async Task<List<AppliedMigration>> ReadAppliedAsync(
        NpgsqlConnection connection,
        CancellationToken token
    )
    {
        var applied = new List<AppliedMigration>();
        await using var find = new NpgsqlCommand("SELECT to_regclass('schema_migrations') IS NOT NULL", connection);
        if (await find.ExecuteScalarAsync(token) is not true)
            return applied;

        await using var command = new NpgsqlCommand(
            "SELECT number, name, checksum FROM schema_migrations ORDER BY number",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
            applied.Add(new AppliedMigration(reader.Integer("number"), reader.Text("name"), reader.Text("checksum")));
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        // A migration has no time limit; that of the pool is for requests.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(token);
    }

    private sealed record AppliedMigration(int Number, string Name, string Checksum);
}
