using System.Runtime.CompilerServices;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;

namespace Paydown.Server.Reports;

/// <summary>One reading of a report: the snapshot that all its statements see, and what it is about.</summary>
/// <param name="Connection">A connection in a transaction that sees one snapshot.</param>
/// <param name="Organisation">The organisation, whose records alone are read.</param>
/// <param name="Request">The checked parameters.</param>
/// <param name="Cancellation">Cancels the statements.</param>
public sealed record ReportReading(
    NpgsqlConnection Connection,
    Organisation Organisation,
    ReportRequest Request,
    CancellationToken Cancellation
)
{
    // A report of many years reads the whole journal.
    private const int StatementSecondsMax = 300;

    public OrganisationId OrganisationId => Organisation.Id;

    public Currency Currency => Organisation.Currency;

    public Money Money(long minorUnits) => new(minorUnits, Currency);

    /// <summary>Reads the rows of a statement one by one.</summary>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        string sql,
        IReadOnlyList<NpgsqlParameter> parameters,
        Func<NpgsqlDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await using var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = StatementSecondsMax };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Cancellation);
        await using var reader = await command.ExecuteReaderAsync(both.Token);
        while (await reader.ReadAsync(both.Token))
            yield return read(reader);
    }
}
