using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Ledger;

/// <summary>A journal entry with all its postings, which add up to zero.</summary>
public sealed record JournalEntryView
{
    /// <summary>The journal entry.</summary>
    public required JournalEntryId EntryId { get; init; }

    /// <summary>What the entry books, for example <c>REPAYMENT_VERIFIED</c>.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Narration { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day on which it counts.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>When the entry was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The customer of the entry; the organisation itself if it concerns none.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The loan account; null for an entry that concerns no loan.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>The event of the loan, the repayment, the transfer or the bank's entry that the entry books.</summary>
    public required SubjectId SubjectId { get; init; }

    /// <summary>The debits and credits.</summary>
    public required IReadOnlyList<EntryLine> Postings { get; init; }

    /// <summary>The columns of <c>journal_entry e</c> that <see cref="Read"/> reads.</summary>
    internal const string Columns = """
        e.id, e.kind::text as kind, e.subject_id, e.detail, e.currency_code, e.effective_on, e.recorded_at,
        e.customer_id, e.account_id, e.ledger_accounts, e.amounts
        """;

    internal static JournalEntryView Read(NpgsqlDataReader reader)
    {
        var (kind, subjectId) = (reader.Word<JournalEntryKind>("kind"), reader.Id<SubjectId>("subject_id"));
        var currency = reader.Currency("currency_code");
        return new JournalEntryView
        {
            EntryId = reader.Id<JournalEntryId>("id"),
            Kind = kind,
            Narration = Lending.Accounting.Narration.Of(kind, subjectId, reader.TextOrNull("detail")),
            CurrencyCode = currency.Code,
            EffectiveOn = reader.Date("effective_on"),
            RecordedAt = reader.Instant("recorded_at"),
            CustomerId = reader.Id<CustomerId>("customer_id"),
            AccountId = reader.IdOrNull<LoanId>("account_id"),
            SubjectId = subjectId,
            Postings =
            [
                .. reader
                    .Get<short[]>("ledger_accounts")
                    .Zip(
                        reader.Get<long[]>("amounts"),
                        (account, amount) => new EntryLine((LedgerAccount)account, new Money(amount, currency))
                    ),
            ],
        };
    }
}

/// <summary>One debit or credit of an entry.</summary>
/// <param name="Account">The account of the ledger.</param>
/// <param name="Amount">The amount: positive for a debit, negative for a credit.</param>
public sealed record EntryLine(LedgerAccount Account, Money Amount);

/// <summary>Reads whole journal entries.</summary>
public static class JournalEntries
{
    private const string Find = $"""
        select {JournalEntryView.Columns} from journal_entry e
        where e.customer_id = $1 and e.id = $2 and e.organisation_id = $3
        """;

    private const string OfLoan = $"""
        select {JournalEntryView.Columns} from journal_entry e
        where e.customer_id = $1 and (e.account_id = $2 or e.account_id is null and e.subject_id = any ($3))
        order by e.recorded_at, e.id
        """;

    /// <summary>Returns an entry; null if the organisation has no such entry of the customer.</summary>
    public static async Task<JournalEntryView?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CustomerId customerId,
        JournalEntryId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters = { Sql.Value(customerId), Sql.Value(id), Sql.Value(organisationId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? JournalEntryView.Read(reader) : null;
    }

    /// <summary>
    /// Returns the entries of a loan, and those of the wallet about its events, in order of recording.
    /// </summary>
    public static async Task<IReadOnlyList<JournalEntryView>> OfLoanAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        LoanId accountId,
        IReadOnlyCollection<LoanEventId> events,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(OfLoan, connection)
        {
            Parameters = { Sql.Value(customerId), Sql.Value(accountId), Sql.Value(events) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<JournalEntryView>();
        while (await reader.ReadAsync(cancellation))
            entries.Add(JournalEntryView.Read(reader));
        return entries;
    }
}
