using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>The SQL of reports that several entries pay together.</summary>
public static class ReportPartStore
{
    // Taken before the standings of the entries, so two decisions on the parts of a report come one after the other.
    // The letters "part".
    private const string Lock = "select pg_advisory_xact_lock(x'70617274'::int, hashtext($1::text))";

    private const string FindParts = """
        select p.entry_id from report_part p
        join entry_standing s on s.entry_id = p.entry_id and s.organisation_id = $1
        where p.repayment_id = $2
        """;

    private const string FindReports = """
        select l.repayment_id from entry_link l
        join entry_standing s on s.entry_id = l.entry_id and s.organisation_id = $1
        where l.entry_id = $2 and l.effect in ('JOINED', 'JOINED_CONFIRMED')
        """;

    private const string FindLinked = """
        select l.entry_id from entry_link l
        join entry_standing s on s.entry_id = l.entry_id and s.organisation_id = $1
        where l.repayment_id = $2 and l.effect in ('JOINED', 'JOINED_CONFIRMED')
        """;

    private const string FindArrived = """
        select p.repayment_id, sum(e.amount)::bigint as arrived
        from report_part p join statement_entry e on e.id = p.entry_id
        where p.repayment_id = any ($1) group by p.repayment_id
        """;

    /// <summary>Locks a report for the decisions on its parts, until the transaction ends.</summary>
    /// <returns>The entries that wait as its parts.</returns>
    public static async Task<IReadOnlyList<StatementEntryId>> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        RepaymentId id,
        CancellationToken cancellation
    )
    {
        await LockAsync(connection, id, cancellation);
        return await ReadIdsAsync<StatementEntryId>(connection, FindParts, organisationId, Sql.Value(id), cancellation);
    }

    /// <summary>
    /// Locks the report that an entry pays together with others, if it does, until the transaction ends.
    /// </summary>
    /// <returns>All entries that pay the report; empty if the entry pays none together with others.</returns>
    public static async Task<IReadOnlyList<StatementEntryId>> LockLinkedAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        StatementEntryId id,
        CancellationToken cancellation
    )
    {
        var reports = await ReadIdsAsync<RepaymentId>(
            connection,
            FindReports,
            organisationId,
            Sql.Value(id),
            cancellation
        );
        if (reports.Count == 0)
            return [];
        await LockAsync(connection, reports[0], cancellation);
        return await ReadIdsAsync<StatementEntryId>(
            connection,
            FindLinked,
            organisationId,
            Sql.Value(reports[0]),
            cancellation
        );
    }

    /// <summary>Returns what has arrived of reports, in minor units. Their loans are locked.</summary>
    public static async Task<IReadOnlyDictionary<RepaymentId, long>> FindArrivedAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<RepaymentId> reports,
        CancellationToken cancellation
    )
    {
        var arrived = new Dictionary<RepaymentId, long>();
        if (reports.Count == 0)
            return arrived;
        await using var command = new NpgsqlCommand(FindArrived, connection) { Parameters = { Sql.Value(reports) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            arrived[reader.Id<RepaymentId>("repayment_id")] = reader.Long("arrived");
        return arrived;
    }

    private static async Task LockAsync(NpgsqlConnection connection, RepaymentId id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Lock, connection) { Parameters = { Sql.Value(id) } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<TId>> ReadIdsAsync<TId>(
        NpgsqlConnection connection,
        string sql,
        OrganisationId organisationId,
        NpgsqlParameter subject,
        CancellationToken cancellation
    )
        where TId : struct, IId<TId>
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { Sql.Value(organisationId), subject },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<TId>();
        while (await reader.ReadAsync(cancellation))
            ids.Add(reader.Id<TId>(reader.GetName(0)));
        return ids;
    }
}
