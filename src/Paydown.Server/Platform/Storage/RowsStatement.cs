using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// A statement over any number of rows: each column is one array parameter that the statement unnests. Its text is the
/// same for one row and for a thousand, so it is prepared once.
/// </summary>
public sealed class RowsStatement<TRow>(string sql, IReadOnlyList<TRow> rows)
{
    private readonly NpgsqlBatchCommand command = new(sql);

    /// <summary>The next parameter: one value of every row.</summary>
    public RowsStatement<TRow> Column<TValue>(Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(rows[i]);
        command.Parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = column });
        return this;
    }

    /// <summary>Joins a batch; without rows there is nothing to do.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (rows.Count > 0)
            batch.BatchCommands.Add(command);
    }
}
