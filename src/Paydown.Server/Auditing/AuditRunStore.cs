using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Auditing;

/// <summary>The result of an audit.</summary>
/// <param name="EndedAt">When it ended.</param>
/// <param name="BreachCount">The number of breaches that it found.</param>
public sealed record AuditRun(DateTimeOffset EndedAt, int BreachCount);

/// <summary>The SQL of past audits. Servers show the last one to monitoring.</summary>
public static class AuditRunStore
{
    /// <summary>Stores the result of an audit. On a standby, which cannot store anything, it does nothing.</summary>
    public static async Task AddAsync(NpgsqlDataSource db, AuditRun run, CancellationToken cancellation)
    {
        try
        {
            await WriteTransaction.RunAsync(
                db,
                "insert into audit_run (ended_at, breach_count) values ($1, $2) on conflict (ended_at) do nothing",
                cancellation,
                Sql.Value(run.EndedAt),
                Sql.Value(run.BreachCount)
            );
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
        {
            // The audit itself needs no more than a standby.
        }
    }

    /// <summary>The last audit; null if there was none.</summary>
    public static async Task<AuditRun?> FindLastAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            "select ended_at, breach_count from audit_run order by ended_at desc limit 1"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new AuditRun(reader.Instant("ended_at"), reader.Integer("breach_count"))
            : null;
    }
}
