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
    private const string InsertEntries = """
        insert into journal_entry (customer_id, id, organisation_id, account_id, kind, subject_id, narration,
                                   currency_code, effective_on, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string InsertPostings = """
        insert into posting (customer_id, entry_id, line, organisation_id, ledger_account, amount)
        select * from unnest($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>Adds the statements that write the entries and their postings to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<JournalRow> rows)
    {
        new RowsStatement<JournalRow>(InsertEntries, rows)
            .Column(row => row.CustomerId)
            .Column(row => row.Booked.Id)
            .Column(row => row.OrganisationId)
            .Column(row => row.AccountId)
            .Column(row => Words.Write(row.Booked.Entry.Kind))
            .Column(row => row.Booked.Entry.SubjectId)
            .Column(row => row.Booked.Entry.Narration)
            .Column(row => row.Booked.Entry.Currency.Code)
            .Column(row => row.Booked.Entry.EffectiveOn)
            .Column(row => row.At)
            .AddTo(batch);

        var postings = rows.SelectMany(
                row => row.Booked.Entry.Postings.Index(),
                (row, posting) => (row, posting.Item, (short)(posting.Index + 1))
            )
            .ToList();
        new RowsStatement<(JournalRow Of, Posting Posting, short Line)>(InsertPostings, postings)
            .Column(row => row.Of.CustomerId)
            .Column(row => row.Of.Booked.Id)
            .Column(row => row.Line)
            .Column(row => row.Of.OrganisationId)
            .Column(row => Words.Write(row.Posting.Account))
            .Column(row => row.Posting.Amount)
            .AddTo(batch);
    }
}
