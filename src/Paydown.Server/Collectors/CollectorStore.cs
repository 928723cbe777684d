using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Collectors;

/// <summary>The SQL of collectors and their balances.</summary>
public static class CollectorStore
{
    private const string Columns = "id, name, commission_percent, account_number, csv_profile, recorded_at";

    private const string Insert = $"""
        insert into collector (organisation_id, recorded_by, {Columns})
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict do nothing
        """;

    private const string Update = """
        update collector c
        set name = $3, commission_percent = $4, account_number = $5, csv_profile = $6
        where c.organisation_id = $1 and c.id = $2
          and not exists (select from collector o
                          where o.organisation_id = $1 and o.id <> $2
                            and (lower(o.name) = lower($3) or o.account_number = $5))
        """;

    private const string CountLoans = """
        select count(*)::int from loan_account
        where organisation_id = $1 and collector is not null and lower(collector) = lower($2)
        """;

    /// <summary>The booked collections that count: a reversed repayment does not.</summary>
    internal const string Counting = """
        s.state = 'BOOKED' and exists (
          select from repayment_standing r
          where r.customer_id = s.customer_id and r.repayment_id = s.repayment_id and r.status = 'VERIFIED')
        """;

    private const string GetBalance = $"""
        select coalesce(sum(c.amount) filter (where {Counting}), 0)::bigint as collected,
               coalesce(sum(s.commission) filter (where {Counting}), 0)::bigint as commission,
               (count(*) filter (where s.state = 'WAITING'))::int as waiting_count,
               coalesce(sum(c.amount) filter (where s.state = 'WAITING'), 0)::bigint as waiting_amount,
               (select coalesce(sum(m.amount), 0)::bigint from collector_remittance m where m.collector_id = $1)
                 as remitted
        from collection_standing s join collection c on c.id = s.collection_id
        where s.collector_id = $1
        """;

    private static readonly PageQuery Page = new(
        "from collector where organisation_id = $1",
        $"""
        select {Columns} from collector
        where organisation_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3 offset $4
        """
    );

    /// <summary>Adds a collector.</summary>
    /// <returns>False if the organisation has one of this name or bank account.</returns>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Collector collector,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(context.By),
                Sql.Value(collector.Id),
                Sql.Value(collector.Name),
                Sql.Value(collector.CommissionPercent),
                Sql.Value(collector.AccountNumber, NpgsqlDbType.Text),
                Sql.Value(collector.CsvProfile, NpgsqlDbType.Text),
                Sql.Value(collector.RecordedAt),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Writes what a manager changes about a collector, which is locked.</summary>
    /// <returns>False if the organisation has another one of this name or bank account.</returns>
    public static async Task<bool> ChangeAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Collector collector,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Update, connection)
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(collector.Id),
                Sql.Value(collector.Name),
                Sql.Value(collector.CommissionPercent),
                Sql.Value(collector.AccountNumber, NpgsqlDbType.Text),
                Sql.Value(collector.CsvProfile, NpgsqlDbType.Text),
            },
        };
        try
        {
            return await command.ExecuteNonQueryAsync(cancellation) == 1;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another request has just added it.
            return false;
        }
    }

    /// <summary>Returns a collector of an organisation; null if it has none with this id.</summary>
    public static Task<Collector?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectorId id,
        CancellationToken cancellation
    ) => FindAsync(connection, organisationId, id, "", cancellation);

    /// <summary>Returns a collector of an organisation and locks it; null if it has none with this id.</summary>
    public static Task<Collector?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectorId id,
        CancellationToken cancellation
    ) => FindAsync(connection, organisationId, id, "for no key update", cancellation);

    /// <summary>Returns a page of the collectors of an organisation, newest first.</summary>
    public static Task<PageRecords<Collector>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Paging paging,
        CancellationToken cancellation
    ) => Page.ReadAsync(connection, paging, [NpgsqlDbType.Uuid], [Sql.Value(organisationId)], Read, cancellation);

    /// <summary>Returns how many loans name a collector.</summary>
    public static async Task<int> CountLoansAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string name,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(CountLoans, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(name) },
        };
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Returns what a collector has collected and remitted.</summary>
    public static async Task<CollectorBalance> GetBalanceAsync(
        NpgsqlConnection connection,
        CollectorId id,
        Currency currency,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(GetBalance, connection) { Parameters = { Sql.Value(id) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (collected, commission) = (reader.Money("collected", currency), reader.Money("commission", currency));
        var (due, remitted) = (collected - commission, reader.Money("remitted", currency));
        return new(
            collected,
            commission,
            due,
            remitted,
            due - remitted,
            reader.Integer("waiting_count"),
            reader.Money("waiting_amount", currency)
        );
    }

    private static async Task<Collector?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectorId id,
        string locking,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from collector where organisation_id = $1 and id = $2 {locking}",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static Collector Read(NpgsqlDataReader reader) =>
        new(
            reader.Id<CollectorId>("id"),
            reader.Text("name"),
            reader.Decimal("commission_percent"),
            reader.TextOrNull("account_number"),
            reader.TextOrNull("csv_profile"),
            reader.Instant("recorded_at")
        );
}
