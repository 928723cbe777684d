using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>
/// An organisation's fee for a withdrawal, and its currency, read in the transaction of the withdrawal.
/// </summary>
public sealed record WithdrawalTerms(Currency Currency, Money Fee);

/// <summary>The SQL of transfers from wallets to bank accounts.</summary>
public static class TransferStore
{
    private const string InsertTransfer = """
        insert into wallet_transfer (customer_id, id, organisation_id, amount, fee, currency_code, bank_account_id,
                                     account_number, account_name, bank_code, bank_name, description, expected_at,
                                     recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    private const string InsertStanding = """
        insert into wallet_transfer_standing (customer_id, transfer_id, organisation_id, status)
        select customer_id, transfer_id, organisation_id, 'PENDING'
        from unnest($1, $2, $3) as r (customer_id, transfer_id, organisation_id)
        """;

    private const string InsertOutcome = """
        insert into wallet_transfer_outcome (customer_id, transfer_id, status, reason, decided_at)
        values ($1, $2, $3, $4, $5)
        """;

    private const string InsertReturn = """
        insert into wallet_transfer_return (customer_id, transfer_id, reason, returned_at) values ($1, $2, $3, $4)
        """;

    private const string End =
        "update wallet_transfer_standing set status = $3 where customer_id = $1 and transfer_id = $2";

    private const string PutInBatch = """
        update wallet_transfer_standing s set status = 'PROCESSING', batch_id = $2
        from (select customer_id, transfer_id from wallet_transfer_standing
              where organisation_id = $1 and status = 'PENDING'
              order by transfer_id limit $3 for no key update skip locked) next
        where s.customer_id = next.customer_id and s.transfer_id = next.transfer_id
        """;

    private static readonly PageQuery Page = new(
        "from wallet_transfer where customer_id = $1",
        $"""
        select {StoredTransfer.Columns} from {StoredTransfer.Tables}
        where t.customer_id = $1 and ($2::uuid is null or t.id < $2)
        order by t.id desc limit $3 offset $4
        """
    );

    /// <summary>Returns an organisation's fee for a withdrawal.</summary>
    public static async Task<WithdrawalTerms> ReadTermsAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select currency_code, withdrawal_fee from organisation where id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var currency = reader.Currency("currency_code");
        return new WithdrawalTerms(currency, reader.Money("withdrawal_fee", currency));
    }

    /// <summary>Returns a customer's transfer; null if the customer has none with this id.</summary>
    public static Task<StoredTransfer?> FindAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        TransferId id,
        CancellationToken cancellation
    ) => FindAsync(connection, "t.customer_id = $1 and t.id = $2", customerId, id, cancellation);

    /// <summary>
    /// Returns a transfer of any customer of an organisation; null if the organisation has none with this id.
    /// </summary>
    public static Task<StoredTransfer?> FindInOrganisationAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        TransferId id,
        CancellationToken cancellation
    ) => FindAsync(connection, "t.organisation_id = $1 and t.id = $2", organisationId, id, cancellation);

    /// <summary>
    /// Returns a transfer of a batch and locks it until the transaction ends; null if the batch has none with this id.
    /// </summary>
    public static Task<StoredTransfer?> LockInBatchAsync(
        NpgsqlConnection connection,
        PaymentBatchId batchId,
        TransferId id,
        CancellationToken cancellation
    ) =>
        FindAsync(
            connection,
            "s.batch_id = $1 and s.transfer_id = $2 for no key update of s",
            batchId,
            id,
            cancellation
        );

    /// <summary>
    /// Returns a transfer of an organisation and locks it until the transaction ends; null if the organisation has none
    /// with this id.
    /// </summary>
    public static Task<StoredTransfer?> LockInOrganisationAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        TransferId id,
        CancellationToken cancellation
    ) =>
        FindAsync(
            connection,
            "t.organisation_id = $1 and t.id = $2 for no key update of s",
            organisationId,
            id,
            cancellation
        );

    /// <summary>Returns one page of a customer's transfers, newest first.</summary>
    public static Task<PageRecords<StoredTransfer>> ListAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        Paging paging,
        CancellationToken cancellation
    ) => Page.ReadAsync(connection, paging, [Sql.Value(customerId)], StoredTransfer.Read, cancellation);

    /// <summary>Adds the statements that record a pending transfer to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, Transfer transfer)
    {
        new RowsStatement<Transfer>(InsertTransfer, [transfer])
            .Column(row => row.CustomerId)
            .Column(row => row.Id)
            .Column(row => row.OrganisationId)
            .Column(row => row.Amount)
            .Column(row => row.Fee)
            .Column(row => row.Amount.Currency.Code)
            .Column(row => row.BankAccountId)
            .Column(row => row.AccountNumber)
            .Column(row => row.AccountName)
            .Column(row => row.BankCode)
            .Column(row => row.BankName)
            .Column(row => row.Description)
            .Column(row => row.ExpectedAt)
            .Column(row => row.RecordedAt)
            .AddTo(batch);
        new RowsStatement<Transfer>(InsertStanding, [transfer])
            .Column(row => row.CustomerId)
            .Column(row => row.Id)
            .Column(row => row.OrganisationId)
            .AddTo(batch);
    }

    /// <summary>Adds the statements that record the outcome of a transfer to a batch.</summary>
    public static void AddEndTo(NpgsqlBatch batch, StoredTransfer ended)
    {
        var transfer = ended.Transfer;
        batch.BatchCommands.Add(
            new(InsertOutcome)
            {
                Parameters =
                {
                    Sql.Value(transfer.CustomerId),
                    Sql.Value(transfer.Id),
                    Sql.Value(Words.Write(ended.Status)),
                    Sql.Value(ended.Reason),
                    Sql.Value(ended.EndedAt!.Value),
                },
            }
        );
        AddStatusTo(batch, ended);
    }

    /// <summary>Adds the statements that record the return of a completed transfer to a batch.</summary>
    public static void AddReturnTo(NpgsqlBatch batch, StoredTransfer returned)
    {
        batch.BatchCommands.Add(
            new(InsertReturn)
            {
                Parameters =
                {
                    Sql.Value(returned.Transfer.CustomerId),
                    Sql.Value(returned.Transfer.Id),
                    Sql.Value(returned.Reason),
                    Sql.Value(returned.ReturnedAt!.Value),
                },
            }
        );
        AddStatusTo(batch, returned);
    }

    /// <summary>Puts the oldest pending transfers of an organisation into a batch.</summary>
    /// <returns>The number of transfers, at most <paramref name="transfersMax"/>.</returns>
    public static async Task<int> PutInBatchAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        PaymentBatchId batchId,
        int transfersMax,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(PutInBatch, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(batchId), Sql.Value(transfersMax) },
        };
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void AddStatusTo(NpgsqlBatch batch, StoredTransfer stored) =>
        batch.BatchCommands.Add(
            new(End)
            {
                Parameters =
                {
                    Sql.Value(stored.Transfer.CustomerId),
                    Sql.Value(stored.Transfer.Id),
                    Sql.Value(Words.Write(stored.Status)),
                },
            }
        );

    private static async Task<StoredTransfer?> FindAsync<TOwner>(
        NpgsqlConnection connection,
        string where,
        TOwner owner,
        TransferId id,
        CancellationToken cancellation
    )
        where TOwner : struct, IId<TOwner>
    {
        await using var command = new NpgsqlCommand(
            $"select {StoredTransfer.Columns} from {StoredTransfer.Tables} where {where}",
            connection
        )
        {
            Parameters = { Sql.Value(owner), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? StoredTransfer.Read(reader) : null;
    }
}
