using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>A bank entry that is the remittance of a collector.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="CollectorId">The collector.</param>
/// <param name="FileId">The file whose money it is; null: of the collector's oldest files.</param>
internal sealed record Remittance(StoredEntry Entry, CollectorId CollectorId, CollectorFileId? FileId);

/// <summary>The SQL of the bank entries that are remittances of collectors.</summary>
internal static class RemittanceStore
{
    private const int FilesMax = 1_000;

    private const string FindCollectors = "select id, name, account_number from collector where organisation_id = $1";

    private const string FindFiles = """
        select id, collector_id, remittance_reference from collector_file
        where organisation_id = $1 and remittance_reference is not null
        order by recorded_at desc limit $2
        """;

    private const string Insert = """
        insert into collector_remittance (entry_id, organisation_id, collector_id, file_id, amount, remitted_on)
        select * from unnest($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>
    /// Returns what the rules about remittances decide about some entries; those that are no remittance are left out.
    /// </summary>
    public static async Task<Dictionary<StatementEntryId, EntryDecision>> DecideAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(FindCollectors) { Parameters = { Sql.Value(organisation.Id) } },
                new(FindFiles) { Parameters = { Sql.Value(organisation.Id), Sql.Value(FilesMax) } },
            },
        };
        var (collectors, files) = (new List<CandidateCollector>(), new List<CandidateCollectorFile>());
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                collectors.Add(
                    new(reader.Id<CollectorId>("id"), reader.Text("name"), reader.TextOrNull("account_number"))
                );
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                files.Add(
                    new(
                        reader.Id<CollectorFileId>("id"),
                        reader.Id<CollectorId>("collector_id"),
                        reader.Text("remittance_reference")
                    )
                );
        }

        var decided = new Dictionary<StatementEntryId, EntryDecision>();
        if (collectors.Count == 0)
            return decided;
        var rules = new RemittanceRules(organisation.Currency, collectors, files);
        foreach (var entry in entries)
        {
            if (rules.Decide(entry.Entry) is { } decision)
                decided.Add(entry.Id, decision);
        }

        return decided;
    }

    /// <summary>Returns the remittance that an entry is; null if it is none. Its standing is locked.</summary>
    public static async Task<Remittance?> FindAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select collector_id, file_id from collector_remittance where entry_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(entry.Id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(entry, reader.Id<CollectorId>("collector_id"), reader.IdOrNull<CollectorFileId>("file_id"))
            : null;
    }

    /// <summary>True if a collector has sent a file.</summary>
    public static async Task<bool> HasFileAsync(
        NpgsqlConnection connection,
        CollectorId collectorId,
        CollectorFileId fileId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from collector_file where collector_id = $1 and id = $2)",
            connection
        )
        {
            Parameters = { Sql.Value(collectorId), Sql.Value(fileId) },
        };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Adds the statements that make entries remittances, or no longer, to a batch.</summary>
    public static void AddTo(
        NpgsqlBatch batch,
        IReadOnlyList<Remittance> added,
        IReadOnlyList<StatementEntryId> removed
    )
    {
        if (removed.Count > 0)
            batch.BatchCommands.Add(
                new("delete from collector_remittance where entry_id = any ($1)")
                {
                    Parameters = { Sql.Value(removed) },
                }
            );
        new RowsStatement<Remittance>(Insert, added)
            .Column(row => row.Entry.Id)
            .Column(row => row.Entry.OrganisationId)
            .Column(row => row.CollectorId)
            .Column(row => row.FileId)
            .Column(row => row.Entry.Amount)
            .Column(row => row.Entry.Entry.ValueOn)
            .AddTo(batch);
    }
}
