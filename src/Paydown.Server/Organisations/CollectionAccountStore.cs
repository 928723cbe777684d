using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Organisations;

/// <summary>A bank account of the lender, whose statements can be imported.</summary>
public sealed record OwnAccount
{
    /// <summary>The account's id.</summary>
    public required CollectionAccountId Id { get; init; }

    /// <summary>What officers call it.</summary>
    public required string Name { get; init; }

    /// <summary>The IBAN or account number: letters and digits only, in upper case.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The bank's code; null if unknown.</summary>
    public required string? BankCode { get; init; }

    /// <summary>The bank's name; null if unknown.</summary>
    public required string? BankName { get; init; }

    /// <summary>The account's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>
    /// The account of the ledger that stands for it: <c>COLLECTION_ACCOUNT</c> or <c>FUNDING_ACCOUNT</c>.
    /// </summary>
    public required LedgerAccount LedgerAccount { get; init; }

    /// <summary>How its CSV files are read, as JSON; null if their column names suffice.</summary>
    public required string? CsvProfile { get; init; }

    /// <summary>Since when its statements are refused; null if they are taken.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    internal Currency Currency => Currency.Get(CurrencyCode);

    /// <summary>An account number as it is compared: letters and digits only, in upper case.</summary>
    public static string NumberOf(string written) =>
        string.Concat(written.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}

/// <summary>The SQL of the lender's own bank accounts.</summary>
public static class CollectionAccountStore
{
    private const string Columns = """
        id, name, account_number, bank_code, bank_name, currency_code, ledger_account, csv_profile, closed_at
        """;

    private const string Insert = $"""
        insert into collection_account (organisation_id, recorded_at, {Columns})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict do nothing
        """;

    private const string InsertFirst = """
        insert into collection_account (id, organisation_id, name, account_number, bank_code, bank_name, currency_code,
                                        ledger_account, recorded_at)
        values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, 'COLLECTION_ACCOUNT', $7)
        on conflict do nothing
        """;

    private const string Update = """
        update collection_account
        set name = $2, bank_code = $3, bank_name = $4, csv_profile = $5, closed_at = $6
        where id = $1
        """;

    /// <summary>
    /// Adds an account, in the transaction of the connection if it has one. Does nothing if the organisation has an
    /// account of this number and currency.
    /// </summary>
    /// <returns>True if it was added.</returns>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        OwnAccount account,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(at),
                Sql.Value(account.Id),
                Sql.Value(account.Name),
                Sql.Value(account.AccountNumber),
                Sql.Value(account.BankCode, NpgsqlDbType.Text),
                Sql.Value(account.BankName, NpgsqlDbType.Text),
                Sql.Value(account.CurrencyCode),
                Sql.Value(Words.Write(account.LedgerAccount)),
                Sql.Value(account.CsvProfile, NpgsqlDbType.Text),
                Sql.Value(account.ClosedAt, NpgsqlDbType.TimestampTz),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>
    /// Adds the statement that makes the account of a new organisation's settings its first account to a batch.
    /// </summary>
    public static void AddFirstTo(NpgsqlBatch batch, OrganisationSettings settings) =>
        batch.BatchCommands.Add(
            new(InsertFirst)
            {
                Parameters =
                {
                    Sql.Value(settings.Id),
                    Sql.Value(settings.Collection.AccountName),
                    Sql.Value(OwnAccount.NumberOf(settings.Collection.AccountNumber)),
                    Sql.Value(settings.Collection.BankCode),
                    Sql.Value(settings.Collection.BankName),
                    Sql.Value(settings.Currency.Code),
                    Sql.Value(settings.RecordedAt),
                },
            }
        );

    /// <summary>Adds the statement that writes what a manager changes to a batch.</summary>
    public static void AddChangeTo(NpgsqlBatch batch, OwnAccount account) =>
        batch.BatchCommands.Add(
            new(Update)
            {
                Parameters =
                {
                    Sql.Value(account.Id),
                    Sql.Value(account.Name),
                    Sql.Value(account.BankCode, NpgsqlDbType.Text),
                    Sql.Value(account.BankName, NpgsqlDbType.Text),
                    Sql.Value(account.CsvProfile, NpgsqlDbType.Text),
                    Sql.Value(account.ClosedAt, NpgsqlDbType.TimestampTz),
                },
            }
        );

    /// <summary>Returns all accounts of an organisation, oldest first.</summary>
    public static async Task<IReadOnlyList<OwnAccount>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from collection_account where organisation_id = $1 order by recorded_at, id",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var accounts = new List<OwnAccount>();
        while (await reader.ReadAsync(cancellation))
            accounts.Add(Read(reader));
        return accounts;
    }

    /// <summary>Returns an account of an organisation and locks it; null if it has none with this id.</summary>
    public static async Task<OwnAccount?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectionAccountId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {Columns} from collection_account where organisation_id = $1 and id = $2 for no key update
            """,
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static OwnAccount Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.Id<CollectionAccountId>("id"),
            Name = reader.Text("name"),
            AccountNumber = reader.Text("account_number"),
            BankCode = reader.TextOrNull("bank_code"),
            BankName = reader.TextOrNull("bank_name"),
            CurrencyCode = reader.Text("currency_code"),
            LedgerAccount = reader.Word<LedgerAccount>("ledger_account"),
            CsvProfile = reader.TextOrNull("csv_profile"),
            ClosedAt = reader.InstantOrNull("closed_at"),
        };
}
