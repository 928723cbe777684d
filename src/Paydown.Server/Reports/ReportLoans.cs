using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Reports;

/// <summary>A loan in a report: what was agreed, and its state as of the last day of the report.</summary>
/// <param name="Stored">The loan, with the events that count.</param>
/// <param name="State">Its replay.</param>
internal readonly record struct ReportedLoan(StoredLoan Stored, Loan State);

/// <summary>Replays the loans of an organisation for a report, some hundred at a time.</summary>
internal static class ReportLoans
{
    private const int BatchCount = 500;

    // What counts by a day: what was valued by then, a charge that fell due by then, and each reversal. A reversed
    // event is as if it had never come, on whatever day it was taken back.
    private const string Events = $"""
        cross join lateral (
          select {LoanStore.EventColumns} from loan_event e
          where e.customer_id = wanted.customer_id and e.account_id = wanted.id and e.recorded_at < $2
            and (e.value_on <= $3 or e.due_on <= $3 or e.kind = 'REVERSAL')) e
        order by e.account_id, e.sequence
        """;

    private const string Page = """
        from loan_account l
        where l.organisation_id = $1 and l.id > $4 and l.currency_code = $5
          and ($6::text is null or l.product_name = $6)
          and l.recorded_at < $2 and ($3::date is not null)
        order by l.id limit $7
        """;

    private const string One = """
        from loan_account l
        where l.organisation_id = $1 and l.id = $4 and l.recorded_at < $2 and ($3::date is not null)
        """;

    /// <summary>Returns the loans that were paid out by a day, in order of their ids.</summary>
    /// <param name="reading">The report: its knowledge and its product decide which loans and events count.</param>
    /// <param name="asOf">The day to show.</param>
    /// <param name="cancellation">Cancels the statements.</param>
    public static async IAsyncEnumerable<ReportedLoan> ReadAsync(
        ReportReading reading,
        DateOnly asOf,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var after = default(LoanId);
        while (true)
        {
            NpgsqlParameter[] ParametersAfter(LoanId id) =>
                [
                    .. Common(reading, asOf, id),
                    Sql.Value(reading.Currency.Code),
                    Sql.Value(reading.Request.Product, NpgsqlDbType.Text),
                    Sql.Value(BatchCount),
                ];
            var loans = await ReadAsync(reading, Page, () => ParametersAfter(after), cancellation);
            foreach (var stored in loans)
                if (Replayed(stored, asOf) is { } loan)
                    yield return loan;
            if (loans.Count < BatchCount)
                yield break;
            after = loans[^1].Id;
        }
    }

    /// <summary>Returns one loan of the organisation; null if it has none with this id that was paid out.</summary>
    public static async Task<ReportedLoan?> FindAsync(ReportReading reading, LoanId id, DateOnly asOf)
    {
        var loans = await ReadAsync(reading, One, () => Common(reading, asOf, id), reading.Cancellation);
        return loans is [var stored] ? Replayed(stored, asOf) : null;
    }

    private static NpgsqlParameter[] Common(ReportReading reading, DateOnly asOf, LoanId id) =>
        [Sql.Value(reading.OrganisationId), Sql.Value(reading.Request.RecordedBefore), Sql.Value(asOf), Sql.Value(id)];

    private static async Task<List<StoredLoan>> ReadAsync(
        ReportReading reading,
        string page,
        Func<NpgsqlParameter[]> parameters,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(reading.Connection);
        foreach (
            var sql in (ReadOnlySpan<string>)
                [
                    $"""
                        select l.* from (select l.customer_id, l.id {page}) wanted
                        cross join lateral (
                          {LoanStore.SelectAccounts} where l.customer_id = wanted.customer_id and l.id = wanted.id) l
                        order by l.id
                        """,
                    $"select e.* from (select l.customer_id, l.id {page}) wanted {Events}",
                ]
        )
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters())
                command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await LoanStore.ReadAsync(reader, cancellation);
    }

    private static ReportedLoan? Replayed(StoredLoan stored, DateOnly asOf)
    {
        var ids = stored.Events.Select(one => one.Id).ToHashSet();
        var counted = stored with
        {
            Events = [.. stored.Events.Where(one => one is not EventReversed back || ids.Contains(back.EventId))],
        };
        if (!counted.Events.Any(one => one is Disbursed))
            return null;
        var state = counted.Replay(asOf);
        return state.Disbursed.IsZero ? null : new(counted, state);
    }
}
