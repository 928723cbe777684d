using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Collectors;

/// <summary>A file of a collector that an officer sends.</summary>
/// <param name="Id">The file's id.</param>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Collector">The collector.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="RemittanceReference">What the transfer of its money carries; null if unknown.</param>
internal sealed record SentFile(
    CollectorFileId Id,
    OrganisationId OrganisationId,
    Currency Currency,
    Collector Collector,
    string Name,
    byte[] Hash,
    string? RemittanceReference
);

/// <summary>The SQL of the files of collectors.</summary>
internal static class CollectorFileStore
{
    private const string Insert = """
        insert into collector_file (id, organisation_id, collector_id, hash, name, content, remittance_reference,
                                    line_count, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    // Remittances of a file come first. What other remittances have is for the oldest files.
    private const string Select = $"""
        with sums as (
          select f.id, f.name, f.remittance_reference, f.line_count, f.recorded_at, s.*, m.remitted as own
          from collector_file f
          cross join lateral (
            select count(*)::int as collection_count,
                   coalesce(sum(c.amount) filter (where {CollectorStore.Counting}), 0)::bigint as collected,
                   coalesce(sum(s.commission) filter (where {CollectorStore.Counting}), 0)::bigint as commission,
                   (count(*) filter (where s.state = 'WAITING'))::int as waiting_count,
                   coalesce(sum(c.amount) filter (where s.state = 'WAITING'), 0)::bigint as waiting_amount
            from collection_standing s join collection c on c.id = s.collection_id
            where s.file_id = f.id) s
          cross join lateral (
            select coalesce(sum(r.amount), 0)::bigint as remitted from collector_remittance r where r.file_id = f.id) m
          where f.organisation_id = $1 and f.collector_id = $2),
        filled as (
          select *, sum(greatest(collected - commission - own, 0)) over (order by recorded_at, id) as missing_through
          from sums),
        pool as (
          select coalesce(sum(amount), 0)::bigint as amount from collector_remittance
          where collector_id = $2 and file_id is null)
        select f.*, own + greatest(0, least(greatest(collected - commission - own, 0),
                     pool.amount - (missing_through - greatest(collected - commission - own, 0))))::bigint as remitted
        from filled f cross join pool
        """;

    private static readonly PageQuery Page = new(
        "from collector_file where organisation_id = $1 and collector_id = $2",
        $"""
        {Select}
        where ($3::timestamptz is null or (f.recorded_at, f.id) < ($3, $4::uuid))
        order by f.recorded_at desc, f.id desc limit $5 offset $6
        """
    );

    /// <summary>Returns the file that the collector sent with the same content; null if there is none.</summary>
    public static async Task<(CollectorFileId Id, int LineCount)?> FindByHashAsync(
        NpgsqlConnection connection,
        SentFile file,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select id, line_count from collector_file where collector_id = $1 and hash = $2",
            connection
        )
        {
            Parameters = { Sql.Value(file.Collector.Id), Sql.Value(file.Hash) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (reader.Id<CollectorFileId>("id"), reader.Integer("line_count"))
            : null;
    }

    /// <summary>True if another file of the organisation has the same remittance reference.</summary>
    public static async Task<bool> IsTakenAsync(
        NpgsqlConnection connection,
        SentFile file,
        CancellationToken cancellation
    )
    {
        if (file.RemittanceReference is null)
            return false;
        await using var command = new NpgsqlCommand(
            "select exists (select from collector_file where organisation_id = $1 and remittance_reference = $2)",
            connection
        )
        {
            Parameters = { Sql.Value(file.OrganisationId), Sql.Value(file.RemittanceReference) },
        };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Adds the statement that writes a file to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, SentFile file, Stream content, int lineCount, ActionContext context) =>
        batch.BatchCommands.Add(
            new(Insert)
            {
                Parameters =
                {
                    Sql.Value(file.Id),
                    Sql.Value(file.OrganisationId),
                    Sql.Value(file.Collector.Id),
                    Sql.Value(file.Hash),
                    Sql.Value(file.Name),
                    Sql.Value(content, NpgsqlDbType.Bytea),
                    Sql.Value(file.RemittanceReference, NpgsqlDbType.Text),
                    Sql.Value(lineCount),
                    Sql.Value(context.By),
                    Sql.Value(context.At),
                },
            }
        );

    /// <summary>Returns a page of a collector's files, newest first.</summary>
    public static Task<PageRecords<CollectorFile>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectorId collectorId,
        Currency currency,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.TimestampTz, NpgsqlDbType.Uuid],
            [Sql.Value(organisationId), Sql.Value(collectorId)],
            reader => Read(reader, currency),
            cancellation
        );

    private static CollectorFile Read(NpgsqlDataReader reader, Currency currency)
    {
        var (collected, commission) = (reader.Money("collected", currency), reader.Money("commission", currency));
        var (due, remitted) = (collected - commission, reader.Money("remitted", currency));
        return new(
            reader.Id<CollectorFileId>("id"),
            reader.Text("name"),
            reader.TextOrNull("remittance_reference"),
            reader.Integer("line_count"),
            reader.Integer("collection_count"),
            collected,
            commission,
            due,
            remitted,
            due - remitted,
            remitted >= due,
            reader.Integer("waiting_count"),
            reader.Money("waiting_amount", currency),
            reader.Instant("recorded_at")
        );
    }
}
