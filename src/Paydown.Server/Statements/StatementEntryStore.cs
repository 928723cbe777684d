using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>An entry of a statement that is about to be written.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="StatementId">Its statement.</param>
/// <param name="AccountId">The lender's bank account.</param>
/// <param name="Position">The place in the statement, from 1.</param>
/// <param name="Identity">What identifies it among the entries of the account.</param>
/// <param name="Entry">What the bank wrote.</param>
public sealed record NewStatementEntry(
    StatementEntryId Id,
    BankStatementId StatementId,
    CollectionAccountId AccountId,
    int Position,
    EntryIdentity Identity,
    StatementEntry Entry
);

/// <summary>Writes the entries of statements as the banks wrote them; no other code does.</summary>
public static class StatementEntryStore
{
    // The n-th of some equal entries of a file is the n-th that was ever stored. If it is known, nothing is added.
    // Neither is a booking that is in the books already as a detail of a notification.
    private const string Insert = """
        insert into statement_entry (organisation_id, id, statement_id, collection_account_id, position, line, status,
                                     fingerprint, occurrence, booked_on, value_on, amount, currency_code, is_reversal,
                                     reference, text, counterparty_name, counterparty_account, bank_reference,
                                     end_to_end_id, transaction_code, return_reason, details_differ, running_balance,
                                     booking_reference)
        select $1, r.*
        from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                    $23, $24, $25)
          as r (id, statement_id, collection_account_id, position, line, status, fingerprint, occurrence, booked_on,
                value_on, amount, currency_code, is_reversal, reference, text, counterparty_name, counterparty_account,
                bank_reference, end_to_end_id, transaction_code, return_reason, details_differ, running_balance,
                booking_reference)
        where r.status <> 'BOOK' or not exists (
          select from statement_entry d join entry_standing s on s.entry_id = d.id and s.state <> 'ANNOUNCED'
          where d.collection_account_id = r.collection_account_id and d.fingerprint = r.fingerprint
            and d.occurrence = r.occurrence and d.status = 'INFO')
        on conflict (collection_account_id, fingerprint, occurrence, status) do nothing
        """;

    /// <summary>Writes the entries that are not stored yet.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<NewStatementEntry> entries,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        var command = new RowsStatement<NewStatementEntry>(Insert, entries)
            .With(organisationId)
            .Column(row => row.Id)
            .Column(row => row.StatementId)
            .Column(row => row.AccountId)
            .Column(row => row.Position)
            .Column(row => row.Entry.Line)
            .Column(row => Words.Write(row.Identity.Status))
            .Column(row => Convert.FromHexString(row.Identity.Fingerprint))
            .Column(row => row.Identity.Occurrence)
            .Column(row => row.Entry.BookedOn)
            .Column(row => row.Entry.ValueOn)
            .Column(row => row.Entry.Amount)
            .Column(row => row.Entry.Amount.Currency.Code)
            .Column(row => row.Entry.IsReversal)
            .Column(row => row.Entry.Reference)
            .Column(row => row.Entry.Text)
            .Column(row => row.Entry.CounterpartyName)
            .Column(row => row.Entry.CounterpartyAccount)
            .Column(row => row.Entry.BankReference)
            .Column(row => row.Entry.EndToEndId)
            .Column(row => row.Entry.TransactionCode)
            .Column(row => row.Entry.ReturnReason)
            .Column(row => row.Entry.DetailsDiffer)
            .Column(row => row.Entry.RunningBalance)
            .Column(row => row.Entry.Status == EntryStatus.Info ? row.Entry.BookingReference : null);
        command.AddTo(batch);
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
