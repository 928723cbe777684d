using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Ledger;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>Money that enters or leaves a wallet: one journal entry and its change of the balance.</summary>
/// <param name="CustomerId">The owner of the wallet.</param>
/// <param name="OrganisationId">The organisation that keeps the books.</param>
/// <param name="Booked">The entry. The balance grows by the amount that it credits to the wallet's account.</param>
/// <param name="At">The instant of recording.</param>
public sealed record WalletMovement(
    CustomerId CustomerId,
    OrganisationId OrganisationId,
    BookedEntry Booked,
    DateTimeOffset At
)
{
    /// <summary>The change of the balance; negative if money leaves.</summary>
    public Money Change =>
        -Money.Sum(
            Booked
                .Entry.Postings.Where(posting => posting.Account == LedgerAccount.CustomerWallet)
                .Select(posting => posting.Amount),
            Booked.Entry.Currency
        );
}

/// <summary>A movement of a wallet, from the journal.</summary>
public sealed record WalletEntry
{
    /// <summary>The number of the movement in its wallet, from 1.</summary>
    public required int Sequence { get; init; }

    public required JournalEntryId Id { get; init; }

    public required JournalEntryKind Kind { get; init; }

    /// <summary>The amount: positive if money came in, negative if it left.</summary>
    public required Money Amount { get; init; }

    public required Money BalanceAfter { get; init; }

    public required SubjectId SubjectId { get; init; }

    public required string Narration { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>The SQL of wallets. The balance changes only together with the ledger.</summary>
public static class WalletStore
{
    private const string Open = """
        insert into wallet (customer_id, organisation_id, currency_code) values ($1, $2, $3)
        on conflict (customer_id) do nothing
        """;

    private const string Lock =
        "select balance from wallet where customer_id = $1 and organisation_id = $2 for no key update";

    // Several movements of one wallet get one line each, with the balance after it.
    private const string Move = """
        with moved as (
          select * from unnest($1, $2, $3) with ordinality as r (customer_id, entry_id, change, place)
        ), after as (
          update wallet w set balance = w.balance + m.change, entry_count = w.entry_count + m.entries
          from (select customer_id, sum(change)::bigint as change, count(*)::int as entries
                from moved group by customer_id) m
          where w.customer_id = m.customer_id
          returning w.customer_id, w.balance, w.entry_count
        )
        insert into wallet_entry (customer_id, sequence, entry_id, change, balance)
        select m.customer_id, a.entry_count + 1 - count(*) over later, m.entry_id, m.change,
               a.balance + m.change - sum(m.change) over later
        from moved m join after a on a.customer_id = m.customer_id
        window later as (partition by m.customer_id order by m.place desc)
        """;

    private static readonly PageQuery History = new(
        "from wallet_entry where customer_id = $1",
        """
        select e.id, e.kind::text as kind, e.subject_id, e.detail, e.currency_code, e.effective_on, e.recorded_at,
               w.change, w.balance, w.sequence
        from wallet_entry w
        join journal_entry e on e.customer_id = w.customer_id and e.id = w.entry_id
        where w.customer_id = $1 and ($2::int is null or w.sequence < $2)
        order by w.sequence desc limit $3 offset $4
        """
    );

    /// <summary>Returns the balance of a customer's wallet; null if there is none yet.</summary>
    public static async Task<Money?> FindBalanceAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select balance, currency_code from wallet where customer_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(customerId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.Money("balance", reader.Currency("currency_code")) : null;
    }

    /// <summary>Returns one page of the movements of a wallet, newest first.</summary>
    public static Task<PageRecords<WalletEntry>> ListEntriesAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        Paging paging,
        CancellationToken cancellation
    ) =>
        History.ReadAsync(connection, paging, [NpgsqlDbType.Integer], [Sql.Value(customerId)], ReadEntry, cancellation);

    /// <summary>
    /// Locks a customer's wallet until the transaction ends, and opens one if there is none. A transaction that also
    /// locks a loan must lock the loan first.
    /// </summary>
    /// <returns>The wallet's balance.</returns>
    public static async Task<Money> LockAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        OrganisationId organisationId,
        Currency currency,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Open)
                {
                    Parameters = { Sql.Value(customerId), Sql.Value(organisationId), Sql.Value(currency.Code) },
                },
                new(Lock) { Parameters = { Sql.Value(customerId), Sql.Value(organisationId) } },
            },
        };
        var balance =
            await batch.ExecuteScalarAsync(cancellation)
            ?? throw new InvalidOperationException($"Customer {customerId} has a wallet in another organisation.");
        return new Money((long)balance, currency);
    }

    /// <summary>
    /// Adds the statements that book movements to a batch. The wallets must be locked. If a balance would fall below
    /// zero, the database refuses the statement and so the whole transaction.
    /// </summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<WalletMovement> movements)
    {
        JournalStore.AddTo(
            batch,
            [
                .. movements.Select(movement => new JournalRow(
                    movement.CustomerId,
                    movement.OrganisationId,
                    null,
                    movement.Booked,
                    movement.At
                )),
            ]
        );
        new RowsStatement<WalletMovement>(Move, movements)
            .Column(movement => movement.CustomerId)
            .Column(movement => movement.Booked.Id)
            .Column(movement => movement.Change)
            .AddTo(batch);
    }

    private static WalletEntry ReadEntry(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        var (kind, subjectId) = (reader.Word<JournalEntryKind>("kind"), reader.Id<SubjectId>("subject_id"));
        return new WalletEntry
        {
            Id = reader.Id<JournalEntryId>("id"),
            Kind = kind,
            SubjectId = subjectId,
            Narration = Narration.Of(kind, subjectId, reader.TextOrNull("detail")),
            EffectiveOn = reader.Date("effective_on"),
            RecordedAt = reader.Instant("recorded_at"),
            Amount = reader.Money("change", currency),
            BalanceAfter = reader.Money("balance", currency),
            Sequence = reader.Integer("sequence"),
        };
    }
}
