using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>The SQL of sending transfers to the payment partner.</summary>
public static class PaymentStore
{
    private const int OrdersMax = 1_000;

    private const string TakeTurn = "select id from payment_turn where id = 1 for update skip locked";

    private const string ListWaiting = """
        select distinct organisation_id as id from wallet_transfer_standing
        where status = 'PENDING' and not is_moving(organisation_id)
        """;

    private const string InsertBatch = """
        insert into payment_batch (id, organisation_id, debtor_name, account_number, bank_code, made_at, pay_on)
        select $1, id, name, collection_account_number, collection_bank_code, $3, $4 from organisation where id = $2
        """;

    private const string ListUnsent =
        "select id from payment_batch where sent_at is null and not is_moving(organisation_id) order by id";

    private const string ReadBatch = """
        select b.debtor_name, b.account_number as debtor_account_number, b.bank_code as debtor_bank_code,
               b.made_at, b.pay_on,
               t.id, t.amount, t.currency_code, t.account_number, t.account_name, t.bank_code, t.description
        from payment_batch b
        join wallet_transfer_standing s on s.batch_id = b.id
        join wallet_transfer t on t.customer_id = s.customer_id and t.id = s.transfer_id
        where b.id = $1 order by t.id
        """;

    private const string MarkSent = "update payment_batch set sent_at = $2 where id = $1";

    private const string ListTransfers = "select transfer_id as id from wallet_transfer_standing where batch_id = $1";

    /// <summary>
    /// Takes the turn to talk to the partner until the transaction ends; returns false if another server has it.
    /// </summary>
    public static async Task<bool> TryTakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(TakeTurn, connection);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    /// <summary>Returns the organisations with pending transfers that are in no batch.</summary>
    public static Task<List<OrganisationId>> ListWaitingAsync(
        NpgsqlConnection connection,
        CancellationToken cancellation
    ) => ListIdsAsync<OrganisationId>(new NpgsqlCommand(ListWaiting, connection), cancellation);

    /// <summary>
    /// Puts an organisation's oldest pending transfers into a new batch. Once committed, they never leave it.
    /// </summary>
    /// <returns>The number of transfers; 0 if none is pending.</returns>
    public static async Task<int> MakeBatchAsync(
        NpgsqlConnection connection,
        PaymentBatchId id,
        OrganisationId organisationId,
        DateTimeOffset now,
        DateOnly payOn,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(InsertBatch, connection)
        {
            Parameters = { Sql.Value(id), Sql.Value(organisationId), Sql.Value(now), Sql.Value(payOn) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
        return await TransferStore.PutInBatchAsync(connection, organisationId, id, OrdersMax, cancellation);
    }

    /// <summary>Returns the batches that may not have reached the partner.</summary>
    public static Task<List<PaymentBatchId>> ListUnsentAsync(
        NpgsqlConnection connection,
        CancellationToken cancellation
    ) => ListIdsAsync<PaymentBatchId>(new NpgsqlCommand(ListUnsent, connection), cancellation);

    /// <summary>Returns a batch, which never changes.</summary>
    public static async Task<PaymentBatch> GetBatchAsync(
        NpgsqlConnection connection,
        PaymentBatchId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(ReadBatch, connection) { Parameters = { Sql.Value(id) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        PaymentBatch? batch = null;
        var orders = new List<PaymentOrder>();
        while (await reader.ReadAsync(cancellation))
        {
            batch ??= new PaymentBatch(
                id,
                new PaymentDebtor(
                    reader.Text("debtor_name"),
                    reader.Text("debtor_account_number"),
                    reader.Text("debtor_bank_code")
                ),
                reader.Instant("made_at"),
                reader.Date("pay_on"),
                orders
            );
            orders.Add(
                new PaymentOrder(
                    reader.Id<TransferId>("id"),
                    reader.Money("amount", reader.Currency("currency_code")),
                    reader.Text("account_number"),
                    reader.Text("account_name"),
                    reader.Text("bank_code"),
                    reader.TextOrNull("description")
                )
            );
        }

        return batch ?? throw new InvalidOperationException($"Batch {id} has no transfers.");
    }

    /// <summary>Records that the partner has received the batch.</summary>
    public static async Task MarkSentAsync(
        NpgsqlConnection connection,
        PaymentBatchId id,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(MarkSent, connection)
        {
            Parameters = { Sql.Value(id), Sql.Value(now) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Returns the transfers of a batch.</summary>
    public static Task<List<TransferId>> ListTransfersAsync(
        NpgsqlConnection connection,
        PaymentBatchId batchId,
        CancellationToken cancellation
    ) =>
        ListIdsAsync<TransferId>(
            new NpgsqlCommand(ListTransfers, connection) { Parameters = { Sql.Value(batchId) } },
            cancellation
        );

    private static async Task<List<TId>> ListIdsAsync<TId>(NpgsqlCommand command, CancellationToken cancellation)
        where TId : struct, IId<TId>
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var ids = new List<TId>();
            while (await reader.ReadAsync(cancellation))
                ids.Add(reader.Id<TId>("id"));
            return ids;
        }
    }
}
