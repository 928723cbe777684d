using System.Diagnostics;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Databases;

/// <summary>
/// Refuses every change of a lender's rows while it goes to another database. The database refuses, so no server,
/// worker or older program can write past it. It consists of triggers that exist only during a move.
/// </summary>
/// <param name="owner">The pool of the source, with the role that owns the tables.</param>
/// <param name="lender">The lender.</param>
internal sealed class MoveFence(NpgsqlDataSource owner, OrganisationId lender)
{
    /// <summary>The setting with which the owner passes the fence and the rules against deletion.</summary>
    public const string Remove = "set local paydown.removes_moved = 'on'";

    // How long others wait for a table behind the one that waits for it; then they go first.
    private const string LockWaitMax = "set local lock_timeout = '500ms'";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TriesMax = TimeSpan.FromMinutes(2);

    private string Trigger => $"moving_{lender.Value:N}";

    /// <summary>
    /// Puts a fence around each table. When it stands, whoever wrote or locked rows before has ended: what follows is
    /// in no doubt.
    /// </summary>
    /// <exception cref="OperatingException">Another transaction does not release a table.</exception>
    public async Task RaiseAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < LenderTables.All.Count; i++)
        {
            var table = LenderTables.All[i];
            if (table.IsFenced)
                await TryAsync(table.Name, $"lock table {table.Name} in exclusive mode", Raise(table, i), cancellation);
        }
    }

    /// <summary>Removes the fence.</summary>
    /// <exception cref="OperatingException">Another transaction does not release a table.</exception>
    public async Task LiftAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < LenderTables.All.Count; i++)
        {
            var table = LenderTables.All[i];
            if (table.IsFenced)
                await TryAsync(
                    table.Name,
                    $"drop trigger if exists {Trigger} on {table.Name}",
                    $"drop function if exists {Trigger}_{i}()",
                    cancellation
                );
        }
    }

    private string Raise(LenderTable table, int index) =>
        $"""
            create or replace function {Trigger}_{index}() returns trigger language plpgsql as $fence$
            declare
              r {table.Name}%rowtype;
            begin
              if tg_op = 'DELETE' then
                r := old;
              else
                r := new;
              end if;
              if {table.Of(lender)}
                and not (coalesce(current_setting('paydown.removes_moved', true), '') = 'on'
                         and has_table_privilege(tg_relid, 'trigger')) then
                raise exception 'this lender is going to another database'
                  using errcode = '{DatabaseFailures.LenderMoves}';
              end if;
              return r;
            end $fence$;
            create or replace trigger {Trigger} before insert or update or delete on {table.Name}
              for each row execute function {Trigger}_{index}()
            """;

    // One transaction per table, so no table waits for another.
    private async Task TryAsync(string table, string first, string then, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var transaction = await WriteTransaction.BeginAsync(owner, cancellation);
                foreach (var sql in (string[])[LockWaitMax, first, then])
                {
                    await using var command = new NpgsqlCommand(sql, transaction.Connection);
                    await command.ExecuteNonQueryAsync(cancellation);
                }

                await transaction.CommitAsync();
                return;
            }
            catch (PostgresException exception) when (DatabaseFailures.IsLocked(exception))
            {
                if (Stopwatch.GetElapsedTime(since) > TriesMax)
                    throw new OperatingException(
                        $"A transaction holds the table {table} for more than {TriesMax.TotalMinutes:0} minutes. End "
                            + "it (pg_stat_activity shows it), and run the command again.",
                        exception
                    );
            }

            await Task.Delay(Pause, cancellation);
        }
    }
}
