using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Accounting;
using Paydown.Server.Ledger;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>Money that comes to a wallet or leaves it: one journal entry, and what it changes of the balance.</summary>
/// <param name="CustomerId">Whose wallet.</param>
/// <param name="OrganisationId">In whose books.</param>
/// <param name="Booked">The entry; what it credits to the wallet's account is what the balance grows by.</param>
/// <param name="At">The instant of recording.</param>
public sealed record WalletMovement(Guid CustomerId, Guid OrganisationId, BookedEntry Booked, DateTimeOffset At)
{
    /// <summary>Minor units; negative where money leaves.</summary>
    public long ChangeMinor => -Booked.Entry.Postings
        .Where(posting => posting.Account == LedgerAccount.CustomerWallet)
        .Sum(posting => posting.AmountMinor);
}

/// <summary>An entry of the journal, as the wallet sees it.</summary>
public sealed record WalletEntry
{
    public required Guid Id { get; init; }

    public required JournalEntryKind Kind { get; init; }

    /// <summary>Positive where money came, negative where it left.</summary>
    public required Money Amount { get; init; }

    public required Money BalanceAfter { get; init; }

    public required Guid SubjectId { get; init; }

    public required string Narration { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>The SQL of wallets: the balance changes only together with the ledger.</summary>
public static class WalletStore
{
    private const string Open =
        """
        insert into wallet (customer_id, organisation_id, currency_code) values ($1, $2, $3)
        on conflict (customer_id) do nothing
        """;

    private const string Lock =
        "select balance from wallet where customer_id = $1 and organisation_id = $2 for no key update";

    private const string Move =
        """
        update wallet w set balance = w.balance + r.change
        from (select customer_id, sum(change)::bigint as change
              from unnest($1, $2) as r (customer_id, change)
              group by customer_id) r
        where w.customer_id = r.customer_id
        """;

    // Entries of a wallet belong to no loan; the index of entries leads to them by that.
    private const string ListEntries =
        """
        select e.id, e.kind, e.subject_id, e.narration, e.currency_code, e.effective_on, e.recorded_at,
               -sum(p.amount)::bigint as amount,
               (sum(-sum(p.amount)) over (order by e.id))::bigint as balance
        from journal_entry e
        join posting p on p.customer_id = e.customer_id and p.entry_id = e.id and p.ledger_account = 'CUSTOMER_WALLET'
        where e.customer_id = $1 and e.account_id is null
        group by e.customer_id, e.id
        order by e.id desc offset $2 limit $3
        """;

    private const string CountEntries =
        """
        select count(*) from journal_entry e
        where e.customer_id = $1 and e.account_id is null
          and exists (select from posting p
                      where p.customer_id = e.customer_id and p.entry_id = e.id
                        and p.ledger_account = 'CUSTOMER_WALLET')
        """;

    /// <summary>What is in a customer's wallet; null where there is none yet.</summary>
    public static async Task<Money?> FindBalanceAsync(
        NpgsqlConnection connection, Guid customerId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select balance, currency_code from wallet where customer_id = $1", connection)
        {
            Parameters = { new() { Value = customerId } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Money(reader.GetInt64(0), Currency.Get(reader.GetString(1)))
            : null;
    }

    /// <summary>One page of what came to a wallet and left it, newest first, and how much there is.</summary>
    public static async Task<(IReadOnlyList<WalletEntry> Entries, long Total)> ListEntriesAsync(
        NpgsqlConnection connection, Guid customerId, int skip, int take, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(CountEntries) { Parameters = { new() { Value = customerId } } },
                new(ListEntries)
                {
                    Parameters = { new() { Value = customerId }, new() { Value = skip }, new() { Value = take } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (entries, total) = (new List<WalletEntry>(), reader.GetInt64(0));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) entries.Add(ReadEntry(reader));
        return (entries, total);
    }

    /// <summary>
    /// Locks a customer's wallet until the transaction ends, and opens it where there is none. Who locks a loan as well
    /// locks the loan first.
    /// </summary>
    /// <returns>What is in it.</returns>
    public static async Task<Money> LockAsync(
        NpgsqlConnection connection, Guid customerId, Guid organisationId, Currency currency,
        CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Open)
                {
                    Parameters =
                    {
                        new() { Value = customerId }, new() { Value = organisationId },
                        new() { Value = currency.Code },
                    },
                },
                new(Lock) { Parameters = { new() { Value = customerId }, new() { Value = organisationId } } },
            },
        };
        var balance = await batch.ExecuteScalarAsync(cancellation)
            ?? throw new InvalidOperationException($"Customer {customerId} has a wallet in another organisation.");
        return new Money((long)balance, currency);
    }

    /// <summary>
    /// Adds the statements that book movements to a batch. The wallets must be locked; the database refuses a balance
    /// below zero, and all of the transaction with it.
    /// </summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<WalletMovement> movements)
    {
        JournalStore.AddTo(
            batch,
            [
                .. movements.Select(movement => new JournalRow(
                    movement.CustomerId, movement.OrganisationId, null, movement.Booked, movement.At)),
            ]);
        new RowsStatement<WalletMovement>(Move, movements)
            .Column(movement => movement.CustomerId).Column(movement => movement.ChangeMinor)
            .AddTo(batch);
    }

    private static WalletEntry ReadEntry(NpgsqlDataReader reader)
    {
        var currency = Currency.Get(reader.GetString(4));
        return new WalletEntry
        {
            Id = reader.GetGuid(0),
            Kind = StoredWords.Read<JournalEntryKind>(reader.GetString(1)),
            SubjectId = reader.GetGuid(2),
            Narration = reader.GetString(3),
            EffectiveOn = reader.GetFieldValue<DateOnly>(5),
            RecordedAt = reader.GetFieldValue<DateTimeOffset>(6),
            Amount = new Money(reader.GetInt64(7), currency),
            BalanceAfter = new Money(reader.GetInt64(8), currency),
        };
    }
}
