using System.Data;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Databases;

/// <summary>The rows of a lender in a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">Their number.</param>
internal sealed record TableCount(string Table, long Rows);

/// <summary>
/// Copies a lender to another database, in one transaction there, and compares both sides before it commits. Nobody may
/// change the lender in the meantime.
/// </summary>
/// <param name="source">The pool of the source.</param>
/// <param name="target">The pool of the target.</param>
/// <param name="lender">The lender.</param>
/// <param name="time">The clock.</param>
internal sealed class LenderCopy(
    NpgsqlDataSource source,
    NpgsqlDataSource target,
    OrganisationId lender,
    TimeProvider time
)
{
    // Both sides must write the same values in the same words.
    private const string SameWords =
        "set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local intervalstyle = 'postgres'; "
        + "set local bytea_output = 'hex'; set local extra_float_digits = 1; "
        + "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0";

    // Other transactions may draw numbers while a sequence is moved on.
    private const int SequenceMargin = 1_000;

    private const int BufferChars = 64 * 1024;

    // As with a new key: all servers know it before it signs.
    private static readonly TimeSpan Announcement = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, long> shifts = new(StringComparer.Ordinal);

    /// <summary>Counts the lender's rows at the source.</summary>
    public static async Task<IReadOnlyList<TableCount>> CountAsync(
        NpgsqlDataSource source,
        OrganisationId lender,
        CancellationToken cancellation
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var counts = new List<TableCount>();
        foreach (var table in LenderTables.All.Where(one => one.Arrival != Arrival.Shared))
        {
            var sql = $"select count(*) from {table.Name} r where {table.Of(lender)}";
            counts.Add(new(table.Name, (long)(await ScalarAsync(connection, sql, cancellation))!));
        }

        return counts;
    }

    /// <summary>Copies and compares in the transaction of the target, which the caller commits.</summary>
    /// <exception cref="OperatingException">The sides differ, or the target has something in the way.</exception>
    public async Task<IReadOnlyList<TableCount>> RunAsync(NpgsqlConnection into, CancellationToken cancellation)
    {
        await using var from = await source.OpenConnectionAsync(cancellation);
        await using var snapshot = await from.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await ExecuteAsync(from, SameWords, cancellation);
        await ExecuteAsync(into, SameWords, cancellation);
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var table in LenderTables.All)
        {
            columns[table.Name] = await ColumnsAsync(from, table.Name, cancellation);
            switch (table.Arrival)
            {
                case Arrival.Shared:
                    await CopyKeysAsync(from, into, cancellation);
                    break;
                case Arrival.Copied:
                    if (table.Drawn is not null)
                        await MakeRoomAsync(from, table, cancellation);
                    await CopyAsync(from, into, table, columns[table.Name], cancellation);
                    break;
            }
        }

        var counts = new List<TableCount>();
        foreach (var table in LenderTables.All.Where(one => one.Arrival != Arrival.Shared))
            counts.Add(await CompareAsync(from, into, table, columns[table.Name], cancellation));
        await NotifyAsync(into, cancellation);
        return counts;
    }

    private async Task CopyAsync(
        NpgsqlConnection from,
        NpgsqlConnection into,
        LenderTable table,
        IReadOnlyList<string> columns,
        CancellationToken cancellation
    )
    {
        // As text: an array of a domain contains the number of its type, which differs between databases.
        using var reader = await from.BeginTextExportAsync(
            $"copy ({SelectAt(table, columns, isSource: true)}) to stdout",
            cancellation
        );
#pragma warning disable RS0030 // Banned because it blocks; this code does not run in a server.
        await using var writer = await into.BeginTextImportAsync(
            $"copy {table.Name} ({string.Join(", ", columns)}) from stdin",
            cancellation
        );
#pragma warning restore RS0030
        var buffer = new char[BufferChars];
        while (await reader.ReadAsync(buffer, cancellation) is > 0 and var count)
            await writer.WriteAsync(buffer.AsMemory(0, count), cancellation);
    }

    // A number that is drawn later must be greater than those that came. The sequence is moved at once, which does no
    // harm if the transaction fails.
    private async Task MakeRoomAsync(NpgsqlConnection from, LenderTable table, CancellationToken cancellation)
    {
        var range =
            $"select min(r.{table.Drawn}) as first, max(r.{table.Drawn}) as last "
            + $"from {table.Name} r where {table.Of(lender)}";
        long min;
        long max;
        await using (var command = new NpgsqlCommand(range, from))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            if (!await reader.ReadAsync(cancellation) || reader.IsNull("first"))
                return;
            (min, max) = (reader.Long("first"), reader.Long("last"));
        }

        var sequence = $"pg_get_serial_sequence('{table.Name}', '{table.Drawn}')";
        await using var aside = await target.OpenConnectionAsync(cancellation);
        var drawn = (long)(await ScalarAsync(aside, $"select nextval({sequence})", cancellation))!;
        if (table.Shifted is not null)
        {
            var first = drawn + SequenceMargin;
            foreach (var one in LenderTables.All.Where(one => one.Shifted is not null))
                shifts[one.Name] = first - min;
            await ExecuteAsync(aside, $"select setval({sequence}, {first + max - min})", cancellation);
        }
        else if (drawn <= max)
        {
            await ExecuteAsync(aside, $"select setval({sequence}, {max + SequenceMargin})", cancellation);
        }
    }

    // They become the youngest of the target, in their order: a key is deleted some time after a younger one signs.
    private async Task CopyKeysAsync(NpgsqlConnection from, NpgsqlConnection into, CancellationToken cancellation)
    {
        var keys = await SigningKeyStore.LoadAsync(from, cancellation);
        var signsFrom = time.GetUtcNow() + Announcement;
        foreach (var key in keys.OrderByDescending(key => (key.SignsFrom, key.Id.Value)))
        {
            await SigningKeyStore.BringAsync(into, key, signsFrom, time.GetUtcNow(), cancellation);
            signsFrom -= TimeSpan.FromMilliseconds(1);
        }
    }

    // The servers of the target keep the keys and the revoked sessions in memory.
    private async Task NotifyAsync(NpgsqlConnection into, CancellationToken cancellation)
    {
        var revoked = LenderTables.All.Single(table => table.Name == "revoked_session");
        await ExecuteAsync(
            into,
            $"""
            select pg_notify('{SigningKeyStore.Channel}', 'moved');
            select pg_notify('{RevocationStore.Channel}',
                             r.session_id || ' ' || (extract(epoch from r.access_until)::bigint + 1))
            from revoked_session r where {revoked.Of(lender)}
            """,
            cancellation
        );
    }

    private async Task<TableCount> CompareAsync(
        NpgsqlConnection from,
        NpgsqlConnection into,
        LenderTable table,
        IReadOnlyList<string> columns,
        CancellationToken cancellation
    )
    {
        var (here, sum) = await SumAsync(from, SelectAt(table, columns, isSource: true), cancellation);
        var there = await SumAsync(into, SelectAt(table, columns, isSource: false), cancellation);
        if ((here, sum) != there)
            throw new OperatingException(
                $"{table.Name} differs: {here} rows with the sum {sum} at the source, {there.Rows} rows with "
                    + $"{there.Sum} at the target. Nothing was moved."
            );
        return new TableCount(table.Name, here);
    }

    // Of all values, in any order.
    private static async Task<(long Rows, string Sum)> SumAsync(
        NpgsqlConnection connection,
        string select,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select count(*) as number,
                   coalesce(sum(('x' || left(encode(sha256(convert_to(c::text, 'UTF8')), 'hex'), 15))
                                ::bit(60)::bigint::numeric), 0)::text as total
            from ({select}) c
            """,
            connection
        )
        {
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.Long("number"), reader.Text("total"));
    }

    private string SelectAt(LenderTable table, IReadOnlyList<string> columns, bool isSource)
    {
        if (table.Compared is { } compared)
            return string.Format(System.Globalization.CultureInfo.InvariantCulture, compared, table.Of(lender));
        var shift = isSource ? shifts.GetValueOrDefault(table.Name) : 0;
        var values = columns.Select(column =>
            column == table.Shifted && shift != 0 ? $"r.{column} + {shift} as {column}" : $"r.{column}"
        );
        return $"select {string.Join(", ", values)} from {table.Name} r where {table.Of(lender)}";
    }

    // Without those that are computed from others.
    private static async Task<IReadOnlyList<string>> ColumnsAsync(
        NpgsqlConnection connection,
        string table,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select attname::text as name from pg_attribute
            where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
            """,
            connection
        )
        {
            Parameters = { Sql.Value(table) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
            names.Add(reader.Text("name"));
        return names;
    }

    private static async Task<object?> ScalarAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
