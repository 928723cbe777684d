using Npgsql;
using NpgsqlTypes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.Storage;

/// <summary>The records of one page, and the number of all records if it was counted.</summary>
/// <param name="Records">
/// Up to <see cref="Paging.Take"/> records; the last one only shows that there is another page.
/// </param>
/// <param name="Counted">The number, up to <see cref="Paging.TotalMax"/> + 1; null if it was not counted.</param>
public sealed record PageRecords<T>(IReadOnlyList<T> Records, long? Counted);

/// <summary>
/// Reads one page of a list in one round trip and one snapshot. The statements are planned each time, so conditions of
/// absent filters vanish and the plan fits the filters and the page size.
/// </summary>
/// <param name="from">
/// From <c>from</c> to the end of <c>where</c> or <c>order by</c>, with the parameters of the filter alone: what is
/// counted. An order leads the count along the index of the list.
/// </param>
/// <param name="list">
/// The SQL that selects the page. After the parameters of the filter come the parts of the key of the previous page's
/// last record, each null if there is none; then the number of records to read and to skip.
/// </param>
public sealed class PageQuery(string from, string list)
{
    private const string Begin = "begin isolation level repeatable read read only";
    private const string PlanAnew = "set local plan_cache_mode = force_custom_plan";

    // The planner prices a limit after a filter as if it read most of the list, and PostgreSQL would compile such a
    // statement: 8 ms or more for one that runs 0.3 ms.
    internal const string DoNotCompile = "set local jit = off";

    // A page has few rows, and the rows that they are joined with are found by key, in the written order of the joins.
    // The planner does not know how few. Hash and merge joins would read other tables or the rest of the list first (16
    // ms instead of 0.6 ms), and searching for the best order of ten joins took longer than reading the page.
    private static readonly string[] JoinByKeyAsWritten =
    [
        "set local enable_hashjoin = off",
        "set local enable_mergejoin = off",
        "set local join_collapse_limit = 1",
    ];

    private readonly string count = $"select count(*) from (select {from} limit {Paging.TotalMax + 1}) counted";

    /// <summary>Reads one page.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="paging">The page.</param>
    /// <param name="keyParts">The types of the parts of the key, in order.</param>
    /// <param name="filter">The parameters of the filter.</param>
    /// <param name="read">Reads a record.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<PageRecords<T>> ReadAsync<T>(
        NpgsqlConnection connection,
        Paging paging,
        IReadOnlyList<NpgsqlDbType> keyParts,
        IReadOnlyList<NpgsqlParameter> filter,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation
    )
    {
        List<NpgsqlBatchCommand> commands = [];
        if (paging.Counts)
            commands.Add(Command(count, filter));
        var page = Command(list, filter);
        for (var i = 0; i < keyParts.Count; i++)
            page.Parameters.Add(Sql.Value(paging.After?.Components[i], keyParts[i]));
        page.Parameters.Add(Sql.Value(paging.Take, NpgsqlDbType.Integer));
        page.Parameters.Add(Sql.Value(paging.Skip, NpgsqlDbType.Integer));
        commands.Add(page);

        long? counted = null;
        var records = new List<T>(paging.Take);
        await using var batch = PlannedAnew(connection, commands);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (paging.Counts)
        {
            await reader.ReadAsync(cancellation);
            counted = reader.Long("count");
            await reader.NextResultAsync(cancellation);
        }

        while (await reader.ReadAsync(cancellation))
            records.Add(read(reader));
        return new PageRecords<T>(records, counted);
    }

    /// <summary>Reads one page of a list that is ordered by ids.</summary>
    public Task<PageRecords<T>> ReadAsync<T>(
        NpgsqlConnection connection,
        Paging paging,
        IReadOnlyList<NpgsqlParameter> filter,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation
    ) => ReadAsync(connection, paging, [NpgsqlDbType.Uuid], filter, read, cancellation);

    /// <summary>Creates a batch that reads one snapshot and is planned for its parameters.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="commands">The queries.</param>
    public static NpgsqlBatch PlannedAnew(
        NpgsqlConnection connection,
        params IReadOnlyList<NpgsqlBatchCommand> commands
    )
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var setting in (ReadOnlySpan<string>)[Begin, PlanAnew, DoNotCompile, .. JoinByKeyAsWritten])
            batch.BatchCommands.Add(new(setting));
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(new("commit"));
        return batch;
    }

    private static NpgsqlBatchCommand Command(string sql, IReadOnlyList<NpgsqlParameter> filter)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in filter)
            command.Parameters.Add(parameter.Clone());
        return command;
    }
}
