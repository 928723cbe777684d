using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Ledger;

/// <summary>A journal entry with its id.</summary>
public sealed record BookedEntry(JournalEntryId Id, JournalEntry Entry);

/// <summary>A journal entry of a customer, ready to be written.</summary>
/// <param name="CustomerId">The customer whose money moves.</param>
/// <param name="OrganisationId">The organisation that keeps the books.</param>
/// <param name="AccountId">The loan that it belongs to; null if there is none.</param>
/// <param name="Booked">The entry.</param>
/// <param name="At">The instant of recording.</param>
public sealed record JournalRow(
    CustomerId CustomerId,
    OrganisationId OrganisationId,
    LoanId? AccountId,
    BookedEntry Booked,
    DateTimeOffset At
);

/// <summary>Writes the journal; no other code does.</summary>
public static class JournalStore
{
    // The arrays of an entry come as text, because unnest would take arrays of arrays apart.
    private const string Insert = """
        insert into journal_entry (customer_id, id, organisation_id, account_id, kind, subject_id, detail, currency_code,
                                   effective_on, recorded_at, ledger_accounts, amounts)
        select customer_id, id, organisation_id, account_id, kind::journal_entry_kind, subject_id, detail, currency_code,
               effective_on, recorded_at, ledger_accounts::smallint[], amounts::bigint[]
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
          as r (customer_id, id, organisation_id, account_id, kind, subject_id, detail, currency_code, effective_on,
                recorded_at, ledger_accounts, amounts)
        """;

    /// <summary>Adds the statement that writes the entries with their postings to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<JournalRow> rows) =>
        new RowsStatement<JournalRow>(Insert, rows)
            .Column(row => row.CustomerId)
            .Column(row => row.Booked.Id)
            .Column(row => row.OrganisationId)
            .Column(row => row.AccountId)
            .Column(row => Words.Write(row.Booked.Entry.Kind))
            .Column(row => row.Booked.Entry.SubjectId)
            .Column(row => row.Booked.Entry.Detail)
            .Column(row => row.Booked.Entry.Currency.Code)
            .Column(row => row.Booked.Entry.EffectiveOn)
            .Column(row => row.At)
            .Column(row => ArrayOf(row.Booked.Entry.Postings.Select(posting => (long)posting.Account)))
            .Column(row => ArrayOf(row.Booked.Entry.Postings.Select(posting => posting.Amount.MinorUnits)))
            .AddTo(batch);

    private static string ArrayOf(IEnumerable<long> values) => $"{{{string.Join(',', values)}}}";
}
