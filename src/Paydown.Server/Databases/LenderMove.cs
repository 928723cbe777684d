using System.Buffers.Binary;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Databases;

/// <summary>What a move has done when it is interrupted, in order.</summary>
internal enum MoveStep
{
    /// <summary>The source says where the lender goes.</summary>
    Marked,

    /// <summary>Nobody can change the lender.</summary>
    Fenced,

    /// <summary>The target has all rows, and has not committed them.</summary>
    Compared,

    /// <summary>Both databases have the lender, so servers refuse its requests.</summary>
    Copied,

    /// <summary>The lender is at the target only.</summary>
    Switched,

    /// <summary>The rows at the source are gone.</summary>
    Removed,

    /// <summary>The fence is gone.</summary>
    Ended,
}

/// <summary>What <c>paydown organisation move</c> did.</summary>
/// <param name="From">The database that the lender has left; null if it was at the target already.</param>
/// <param name="Tables">The rows per table; empty if they were copied by an earlier run.</param>
internal sealed record MoveResult(string? From, IReadOnlyList<TableCount> Tables);

/// <summary>
/// Moves a lender from one database to another (docs/decisions/0046). It can be interrupted at any point: the next run
/// finds what was done, and goes on. What counts is the target's commit: before it, the lender is at the source; after
/// it, at the target.
/// </summary>
/// <param name="databases">All databases of the file.</param>
/// <param name="lender">The lender.</param>
/// <param name="to">The name of the target.</param>
/// <param name="time">The clock.</param>
internal sealed class LenderMove(
    IReadOnlyList<NamedDatabase> databases,
    OrganisationId lender,
    string to,
    TimeProvider time
) : IAsyncDisposable
{
    private const string Forget = "delete from organisation_move where organisation_id = $1";

    private readonly Dictionary<string, NpgsqlDataSource> pools = databases.ToDictionary(
        one => one.Name,
        one => Database.OpenAsOwner(one.ConnectionString),
        StringComparer.Ordinal
    );

    /// <summary>How long servers need until all of them have seen that both databases have the lender.</summary>
    public TimeSpan NoticedWithin { get; init; } = Front.RefreshEvery * 2 + TimeSpan.FromSeconds(2);

    /// <summary>Is called after each step.</summary>
    public Func<MoveStep, Task> Reached { get; init; } = _ => Task.CompletedTask;

    private long LockKey => BinaryPrimitives.ReadInt64BigEndian(lender.Value.ToByteArray(bigEndian: true).AsSpan(8));

    /// <summary>Counts what would be moved. Changes nothing.</summary>
    public async Task<MoveResult> CountAsync(CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        return found.Source is { } source && !found.IsAtTarget
            ? new MoveResult(source, await LenderCopy.CountAsync(pools[source], lender, cancellation))
            : new MoveResult(found.Source, []);
    }

    /// <summary>Moves the lender, or goes on with a move that was interrupted.</summary>
    /// <exception cref="OperatingException">It cannot be moved; the message says what became of it.</exception>
    public async Task<MoveResult> RunAsync(CancellationToken cancellation)
    {
        // One connection holds the lock of the target for all of it: a second command waits for nothing and is refused.
        await using var guard = await pools[to].OpenConnectionAsync(cancellation);
        await LockAsync(guard, cancellation);
        var found = await FindAsync(cancellation);
        if (found.Source is not { } from)
            return new MoveResult(null, []);
        IReadOnlyList<TableCount> tables = [];
        if (!found.IsAtTarget)
            tables = await BringAsync(from, cancellation);
        await LeaveAsync(from, cancellation);
        return new MoveResult(from, tables);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in pools.Values)
            await pool.DisposeAsync();
    }

    private async Task<IReadOnlyList<TableCount>> BringAsync(string from, CancellationToken cancellation)
    {
        var fence = new MoveFence(pools[from], lender);
        WriteTransaction? arrival = null;
        IReadOnlyList<TableCount> tables;
        try
        {
            var isMarked = await WriteAsync(
                from,
                """
                insert into organisation_move as m (organisation_id, target, started_at) values ($1, $2, $3)
                on conflict (organisation_id) do update
                set target = excluded.target, started_at = excluded.started_at, switched_at = null, ended_at = null
                where m.ended_at is not null or m.target = excluded.target
                """,
                Sql.Value(lender),
                Sql.Value(to),
                Sql.Value(time.GetUtcNow())
            );
            if (isMarked == 0)
                throw new InvalidOperationException("Another command moves the lender elsewhere.");
            await Reached(MoveStep.Marked);
            await fence.RaiseAsync(cancellation);
            await Reached(MoveStep.Fenced);
            arrival = await WriteTransaction.BeginAsync(pools[to], cancellation, Timeout.InfiniteTimeSpan);
            await LockArrivalAsync(arrival.Connection, cancellation);
            await ForgetAsync(arrival.Connection, cancellation);
            tables = await new LenderCopy(pools[from], pools[to], lender, time).RunAsync(
                arrival.Connection,
                cancellation
            );
            await Reached(MoveStep.Compared);
        }
        // Nothing is committed at the target, so the lender stays at the source.
        catch (Exception exception)
            when (exception is OperatingException or NpgsqlException or OperationCanceledException)
        {
            if (arrival is not null)
                await arrival.DisposeAsync();
            await fence.LiftAsync(CancellationToken.None);
            await WriteAsync(from, Forget, Sql.Value(lender));
            throw exception is PostgresException refusal
                ? new OperatingException(
                    $"The lender could not be moved and stays on {from}: {DatabaseFailures.Describe(refusal)}",
                    refusal
                )
                : exception;
        }
        catch
        {
            if (arrival is not null)
                await arrival.DisposeAsync();
            throw;
        }

        await using (arrival)
            await arrival.CommitAsync();
        await Reached(MoveStep.Copied);
        return tables;
    }

    // The target has all of it. From here on, every run goes forward.
    private async Task LeaveAsync(string from, CancellationToken cancellation)
    {
        var mark = await MarkAsync(pools[from], cancellation);
        if (mark is not { IsSwitched: true })
        {
            // A server that still sent reads to the source would show what is no longer so.
            await Task.Delay(NoticedWithin, cancellation);
            await WriteAsync(
                from,
                "update organisation_move set switched_at = $2 where organisation_id = $1",
                Sql.Value(lender),
                Sql.Value(time.GetUtcNow())
            );
            await Reached(MoveStep.Switched);
        }

        // The lender's own row goes last, so an interrupted run is found.
        foreach (var table in LenderTables.All.Reverse().Where(one => one.Arrival != Arrival.Shared))
            await WriteAsync(from, $"{MoveFence.Remove}; delete from {table.Name} r where {table.Of(lender)}");
        await Reached(MoveStep.Removed);
        await new MoveFence(pools[from], lender).LiftAsync(cancellation);
        await WriteAsync(
            from,
            "update organisation_move set ended_at = $2 where organisation_id = $1",
            Sql.Value(lender),
            Sql.Value(time.GetUtcNow())
        );
        await Reached(MoveStep.Ended);
    }

    private async Task<Found> FindAsync(CancellationToken cancellation)
    {
        foreach (var one in databases)
            await new Migrator(pools[one.Name], TimeProvider.System).RequireCurrentAsync(cancellation);
        var states = new List<(string Name, bool IsHere, Mark? Mark)>();
        foreach (var (name, pool) in pools)
            states.Add((name, await IsHereAsync(pool, cancellation), await MarkAsync(pool, cancellation)));
        var isAtTarget = states.Single(one => one.Name == to).IsHere;
        var begun = states.FindAll(one => one.Name != to && one.Mark is { IsEnded: false });
        if (begun.Find(one => one.Mark!.Target != to) is { Name: not null } other)
            throw new OperatingException(
                $"The lender is going from {other.Name} to {other.Mark!.Target}. Let that move end first."
            );
        var others = states.FindAll(one => one.Name != to && one.IsHere);
        if (others.Count > 1 || (isAtTarget && others.Exists(one => one.Mark is not { IsEnded: false })))
            throw new OperatingException(
                $"The lender {lender} is on several databases, and no move has brought it there. Remove one of them "
                    + "first (docs/operating.md)."
            );
        if (!isAtTarget && others.Count == 0)
            throw new OperatingException($"There is no organisation with the id {lender} on any database of the file.");
        return new Found(
            others is [var only] ? only.Name
                : begun is [var gone, ..] ? gone.Name
                : null,
            isAtTarget
        );
    }

    private async Task<bool> IsHereAsync(NpgsqlDataSource pool, CancellationToken cancellation)
    {
        await using var command = pool.CreateCommand("select exists (select from organisation where id = $1)");
        command.Parameters.Add(Sql.Value(lender));
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private async Task<Mark?> MarkAsync(NpgsqlDataSource pool, CancellationToken cancellation)
    {
        await using var command = pool.CreateCommand(
            """
            select target, switched_at is not null as is_switched, ended_at is not null as is_ended
            from organisation_move where organisation_id = $1
            """
        );
        command.Parameters.Add(Sql.Value(lender));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Mark(reader.Text("target"), reader.Boolean("is_switched"), reader.Boolean("is_ended"))
            : null;
    }

    private async Task LockAsync(NpgsqlConnection guard, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", guard)
        {
            Parameters = { Sql.Value(LockKey) },
        };
        if (await command.ExecuteScalarAsync(cancellation) is not true)
            throw new OperatingException("Another command is moving this lender. Wait until it has ended.");
        // The commit of an interrupted run may still wait for a standby.
        await using var transaction = await WriteTransaction.BeginAsync(pools[to], cancellation);
        await LockArrivalAsync(transaction.Connection, cancellation);
    }

    // An earlier move away from the target.
    private async Task ForgetAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Forget, connection) { Parameters = { Sql.Value(lender) } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task LockArrivalAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection)
        {
            Parameters = { Sql.Value(LockKey ^ 1) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<int> WriteAsync(string name, string sql, params NpgsqlParameter[] parameters)
    {
        await using var transaction = await WriteTransaction.BeginAsync(
            pools[name],
            CancellationToken.None,
            Timeout.InfiniteTimeSpan
        );
        await using var command = new NpgsqlCommand(sql, transaction.Connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        var rows = await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return rows;
    }

    private sealed record Mark(string Target, bool IsSwitched, bool IsEnded);

    private sealed record Found(string? Source, bool IsAtTarget);
}
