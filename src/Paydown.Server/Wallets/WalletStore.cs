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
}
