using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>
/// The SQL of what files say about a booking elsewhere: details in a notification (camt.054), which name the bank's
/// reference of their booking; and announcements.
/// </summary>
public static class BookingDetailStore
{
    private const int AnnouncedMax = 1_000;

    private const string Details = """
        statement_entry d on d.collection_account_id = b.collection_account_id and d.booking_reference is not null
          and reference_key(d.booking_reference) = reference_key(b.bank_reference)
        join entry_standing s on s.entry_id = d.id and s.state = 'ANNOUNCED'
        """;

    private const string Find = $"""
        select b.id as booking_id, d.id
        from unnest($2, $3, $4) as b (id, collection_account_id, bank_reference)
        join {Details} and s.organisation_id = $1
        """;

    private const string List = $"""
        select d.id from statement_entry b join {Details} where b.organisation_id = $1 and b.id = $2
        """;

    private const string ListNew = """
        select entry_id as id from entry_standing
        where organisation_id = $1 and state = 'ANNOUNCED' and considered_at is null
        order by entry_id limit $2
        """;

    private const string ListBookings = """
        select distinct b.id
        from statement_entry d
        join statement_entry b on b.collection_account_id = d.collection_account_id and b.bank_reference is not null
          and reference_key(b.bank_reference) = reference_key(d.booking_reference) and b.status = 'BOOK'
        join entry_standing s on s.entry_id = b.id and s.state in ('WAITING', 'TO_DECIDE', 'UNMATCHED')
        where d.id = any ($2) and d.organisation_id = $1 and d.booking_reference is not null
        """;

    private static readonly string FindAnnouncements = $"""
        select distinct e.id
        from unnest($2, $3, $4) as b (collection_account_id, amount, booked_on)
        join entry_standing s on s.organisation_id = $1 and s.state = 'ANNOUNCED' and s.amount = b.amount
          and s.booked_on between b.booked_on - {EntryJoins.AnnouncedDaysMax}
                              and b.booked_on + {EntryJoins.AnnouncedDaysMax}
        join statement_entry e on e.id = s.entry_id and e.status = 'PDNG'
          and e.collection_account_id = b.collection_account_id
        """;

    private const string IsByRule = """
        select exists (select from entry_decision where entry_id = $1 and number = $2 and rule is not null)
        """;

    /// <summary>Returns those of some entries whose details are known and add up to them.</summary>
    public static async Task<IReadOnlyCollection<StatementEntryId>> FindItemisedAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        new RowsStatement<StoredEntry>(Find, [.. entries.Where(entry => entry.Entry.BankReference is not null)])
            .With(organisationId)
            .Column(entry => entry.Id)
            .Column(entry => entry.AccountId)
            .Column(entry => entry.Entry.BankReference)
            .AddTo(batch);
        if (batch.BatchCommands.Count == 0)
            return [];
        var found = new List<(StatementEntryId Booking, StatementEntryId Detail)>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                found.Add((reader.Id<StatementEntryId>("booking_id"), reader.Id<StatementEntryId>("id")));
        }

        if (found.Count == 0)
            return [];
        var details = await EntryMatchStore.ListAsync(
            connection,
            organisationId,
            [.. found.Select(one => one.Detail).Distinct()],
            cancellation
        );
        var byId = details.ToDictionary(detail => detail.Id, detail => detail.Entry);
        var detailsOf = found.ToLookup(one => one.Booking, one => byId[one.Detail]);
        return
        [
            .. entries
                .Where(entry => EntryJoins.AreDetailsOf([.. detailsOf[entry.Id]], entry.Entry))
                .Select(entry => entry.Id),
        ];
    }

    /// <summary>Returns the announced details of a booking.</summary>
    public static Task<IReadOnlyList<StatementEntryId>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        StatementEntryId bookingId,
        CancellationToken cancellation
    ) => ReadIdsAsync(connection, List, [Sql.Value(organisationId), Sql.Value(bookingId)], cancellation);

    /// <summary>
    /// Returns announced entries for which no booking was looked for, and the bookings that some are details of.
    /// </summary>
    public static async Task<(
        IReadOnlyList<StatementEntryId> Announced,
        IReadOnlyList<StatementEntryId> Bookings
    )> ListNewAsync(NpgsqlConnection connection, OrganisationId organisationId, CancellationToken cancellation)
    {
        var announced = await ReadIdsAsync(
            connection,
            ListNew,
            [Sql.Value(organisationId), Sql.Value(AnnouncedMax)],
            cancellation
        );
        return announced.Count == 0
            ? (announced, [])
            : (
                announced,
                await ReadIdsAsync(
                    connection,
                    ListBookings,
                    [Sql.Value(organisationId), Sql.Value(announced)],
                    cancellation
                )
            );
    }

    /// <summary>Locks and returns the announcements of the amounts of some bookings.</summary>
    public static async Task<IReadOnlyList<StoredEntry>> LockAnnouncementsAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<StoredEntry> bookings,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        new RowsStatement<StoredEntry>(FindAnnouncements, bookings)
            .With(organisationId)
            .Column(entry => entry.AccountId)
            .Column(entry => entry.Amount)
            .Column(entry => entry.Entry.BookedOn)
            .AddTo(batch);
        if (batch.BatchCommands.Count == 0)
            return [];
        var found = new List<StatementEntryId>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                found.Add(reader.Id<StatementEntryId>("id"));
        }

        if (found.Count == 0)
            return [];
        var locked = await EntryMatchStore.LockAllAsync(connection, organisationId, found, cancellation);
        return [.. locked.Where(entry => entry.State == EntryState.Announced)];
    }

    /// <summary>True if no person has decided about a booking, which is locked.</summary>
    public static async Task<bool> IsUndecidedAsync(
        NpgsqlConnection connection,
        StoredEntry booking,
        CancellationToken cancellation
    )
    {
        if (booking.State == EntryState.Waiting)
            return true;
        if (!booking.IsOpen)
            return false;
        await using var command = new NpgsqlCommand(IsByRule, connection)
        {
            Parameters = { Sql.Value(booking.Id), Sql.Value(booking.Decisions) },
        };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static async Task<IReadOnlyList<StatementEntryId>> ReadIdsAsync(
        NpgsqlConnection connection,
        string sql,
        NpgsqlParameter[] parameters,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<StatementEntryId>();
        while (await reader.ReadAsync(cancellation))
            ids.Add(reader.Id<StatementEntryId>("id"));
        return ids;
    }
}
