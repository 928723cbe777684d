using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Reads the current row of a result by the names of its columns. An unknown name throws
/// <see cref="IndexOutOfRangeException"/>; a null throws unless the method ends in <c>OrNull</c>.
/// </summary>
public static class Rows
{
    /// <summary>
    /// Runs commands in one batch and reads the rows of the last one. Those before it take locks, so it sees what the
    /// last holder of a lock committed.
    /// </summary>
    public static async Task<IReadOnlyList<T>> ReadLastAsync<T>(
        NpgsqlConnection connection,
        IReadOnlyList<NpgsqlBatchCommand> commands,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        for (var i = 1; i < commands.Count; i++)
            await reader.NextResultAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    extension(NpgsqlDataReader row)
    {
        public bool IsNull(string column) => row.IsDBNull(row.GetOrdinal(column));

        public TId Id<TId>(string column)
            where TId : struct, IId<TId> => TId.Of(row.GetGuid(row.GetOrdinal(column)));

        public TId? IdOrNull<TId>(string column)
            where TId : struct, IId<TId> => row.IsNull(column) ? null : row.Id<TId>(column);

        /// <summary>An array of ids.</summary>
        public TId[] Ids<TId>(string column)
            where TId : struct, IId<TId> => Array.ConvertAll(row.Get<Guid[]>(column), TId.Of);

        public string Text(string column) => row.GetString(row.GetOrdinal(column));

        public string? TextOrNull(string column) => row.IsNull(column) ? null : row.Text(column);

        public bool Boolean(string column) => row.GetBoolean(row.GetOrdinal(column));

        public int Integer(string column) => row.GetInt32(row.GetOrdinal(column));

        public int? IntegerOrNull(string column) => row.IsNull(column) ? null : row.Integer(column);

        public long Long(string column) => row.GetInt64(row.GetOrdinal(column));

        public long? LongOrNull(string column) => row.IsNull(column) ? null : row.Long(column);

        public decimal Decimal(string column) => row.GetDecimal(row.GetOrdinal(column));

        public DateOnly Date(string column) => row.Get<DateOnly>(column);

        public DateOnly? DateOrNull(string column) => row.IsNull(column) ? null : row.Date(column);

        public DateTimeOffset Instant(string column) => row.Get<DateTimeOffset>(column);

        public DateTimeOffset? InstantOrNull(string column) => row.IsNull(column) ? null : row.Instant(column);

        /// <summary>A column of any other type, such as an array.</summary>
        public T Get<T>(string column) => row.GetFieldValue<T>(row.GetOrdinal(column));

        public Currency Currency(string column) => Lending.Amounts.Currency.Get(row.Text(column));

        /// <summary>An amount in minor units.</summary>
        public Money Money(string column, Currency currency) => new(row.Long(column), currency);

        public Money? MoneyOrNull(string column, Currency currency) =>
            row.IsNull(column) ? null : row.Money(column, currency);

        /// <summary>A value of an enumeration, as <see cref="Words"/> writes it.</summary>
        public T Word<T>(string column)
            where T : struct, Enum => Words.Read<T>(row.Text(column));

        public T? WordOrNull<T>(string column)
            where T : struct, Enum => row.IsNull(column) ? null : row.Word<T>(column);

        /// <summary>A record, as <see cref="StoredJson"/> writes it.</summary>
        public T Json<T>(string column)
            where T : class => StoredJson.Read<T>(row.Text(column));

        /// <summary>The same, with amounts in a currency that another column names.</summary>
        public T Json<T>(string column, Currency currency)
            where T : class => StoredJson.Read<T>(row.Text(column), currency);

        /// <summary>JSON without a fixed form.</summary>
        public JsonElement Json(string column) => JsonSerializer.Deserialize<JsonElement>(row.Text(column));
    }
}

/// <summary>Reads the one value that a statement returns.</summary>
public static class Scalars
{
    extension(NpgsqlCommand command)
    {
        /// <summary>Returns the id in the first column of the first row; null if there is no row.</summary>
        public async Task<TId?> FindIdAsync<TId>(CancellationToken cancellation)
            where TId : struct, IId<TId> =>
            await command.ExecuteScalarAsync(cancellation) is Guid id ? TId.Of(id) : null;
    }
}
