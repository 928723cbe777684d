using System.Runtime.CompilerServices;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// A statement for any number of rows. Each column is an array parameter that the statement unnests. The text does not
/// depend on the number of rows, so it is prepared once.
/// </summary>
public sealed class RowsStatement<TRow>(string sql, IReadOnlyList<TRow> rows)
{
    private readonly NpgsqlBatchCommand command = new(sql);

    /// <summary>Adds the next parameter, with one id for all rows.</summary>
    public RowsStatement<TRow> With<TId>(TId id)
        where TId : struct, IId<TId>
    {
        command.Parameters.Add(Sql.Value(id));
        return this;
    }

    /// <summary>Adds the next parameter, with a value per row.</summary>
    public RowsStatement<TRow> Column<TValue>(Func<TRow, TValue> value)
    {
        // The database knows ids only as plain values. An id is nothing but its value, so none of them is boxed.
        if (typeof(TValue).IsAssignableTo(typeof(IId)))
            return Column(row => Unsafe.BitCast<TValue, Guid>(value(row)));
        if (Nullable.GetUnderlyingType(typeof(TValue))?.IsAssignableTo(typeof(IId)) is true)
            return Column(row => Unsafe.BitCast<TValue, Guid?>(value(row)));
        var column = new TValue[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(rows[i]);
        command.Parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = column });
        return this;
    }

    /// <summary>Adds the next parameter, with an amount per row, in minor units.</summary>
    public RowsStatement<TRow> Column(Func<TRow, Money> amount) => Column(row => amount(row).MinorUnits);

    /// <summary>The same, with null if a row has no such amount.</summary>
    public RowsStatement<TRow> Column(Func<TRow, Money?> amount) => Column(row => amount(row)?.MinorUnits);

    /// <summary>Adds the statement to a batch, unless there are no rows.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (rows.Count > 0)
            batch.BatchCommands.Add(command);
    }
}
