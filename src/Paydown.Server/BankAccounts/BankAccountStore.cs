using Npgsql;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.BankAccounts;

/// <summary>A bank account of a customer, with the fields of the contract in their order.</summary>
public sealed record BankAccount
{
    /// <summary>The bank account's id.</summary>
    public required BankAccountId AccountId { get; init; }

    /// <summary>The customer who owns it.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The account number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The holder's name, as the bank writes it.</summary>
    public required string AccountName { get; init; }

    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }

    /// <summary>True if it is the customer's default account.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>True if the bank confirmed that the holder has the customer's name.</summary>
    public required bool IsVerified { get; init; }

    /// <summary><c>SAVINGS</c>, <c>CURRENT</c> or <c>CHECKING</c>.</summary>
    public required string AccountType { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedDate { get; init; }
}

/// <summary>A bank account that is about to be written.</summary>
public sealed record NewBankAccount(
    BankAccountId Id,
    CustomerId CustomerId,
    OrganisationId OrganisationId,
    Nuban Nuban,
    string AccountName,
    string BankName,
    string AccountType,
    bool IsDefaultWished,
    bool IsVerified,
    DateTimeOffset RecordedAt
);

/// <summary>The SQL of bank accounts.</summary>
public static class BankAccountStore
{
    private const string Columns = """
        id, customer_id, account_number, account_name, bank_code, bank_name, is_default, is_verified, account_type,
        recorded_at
        """;

    /// <summary>Returns a customer's bank account; null if the customer has none with this id.</summary>
    public static async Task<BankAccount?> FindAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        BankAccountId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from bank_account where customer_id = $1 and id = $2",
            connection
        )
        {
            Parameters = { Sql.Value(customerId), Sql.Value(id) },
        };
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>
    /// Returns a bank account of any customer of an organisation; null if the organisation has none with this id.
    /// </summary>
    public static async Task<BankAccount?> FindInOrganisationAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BankAccountId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {Columns} from bank_account
            where id = $2 and customer_id in (select u.id from app_user u where u.organisation_id = $1)
            """,
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>
    /// Returns all bank accounts of a customer: the default one, then the others in the order in which they were added.
    /// </summary>
    public static Task<IReadOnlyList<BankAccount>> ListAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        CancellationToken cancellation
    )
    {
        var command = new NpgsqlCommand(
            $"select {Columns} from bank_account where customer_id = $1 order by is_default desc, id",
            connection
        )
        {
            Parameters = { Sql.Value(customerId) },
        };
        return ReadAsync(command, cancellation);
    }

    /// <summary>
    /// Adds a bank account. The first one becomes the default, and so does one that is requested as default. Returns
    /// null if the customer already has it. The customer must be locked, because two defaults at once would break a
    /// constraint.
    /// </summary>
    public static async Task<BankAccount?> AddAsync(
        NpgsqlConnection connection,
        NewBankAccount account,
        CancellationToken cancellation
    )
    {
        if (account.IsDefaultWished)
            await ClearDefaultAsync(connection, account.CustomerId, cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                      bank_name, account_type, is_default, is_verified, recorded_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8,
                    $9 or not exists (select from bank_account where customer_id = $1 and is_default), $10, $11)
            on conflict (customer_id, bank_code, account_number) do nothing
            returning {Columns}
            """,
            connection
        )
        {
            Parameters =
            {
                Sql.Value(account.CustomerId),
                Sql.Value(account.Id),
                Sql.Value(account.OrganisationId),
                Sql.Value(account.Nuban.AccountNumber),
                Sql.Value(account.AccountName),
                Sql.Value(account.Nuban.BankCode),
                Sql.Value(account.BankName),
                Sql.Value(account.AccountType),
                Sql.Value(account.IsDefaultWished),
                Sql.Value(account.IsVerified),
                Sql.Value(account.RecordedAt),
            },
        };
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    private static async Task ClearDefaultAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "update bank_account set is_default = false where customer_id = $1 and is_default",
            connection
        )
        {
            Parameters = { Sql.Value(customerId) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<BankAccount>> ReadAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var accounts = new List<BankAccount>();
        while (await reader.ReadAsync(cancellation))
            accounts.Add(Read(reader));
        return accounts;
    }

    private static BankAccount Read(NpgsqlDataReader reader) =>
        new()
        {
            AccountId = reader.Id<BankAccountId>("id"),
            CustomerId = reader.Id<CustomerId>("customer_id"),
            AccountNumber = reader.Text("account_number"),
            AccountName = reader.Text("account_name"),
            BankCode = reader.Text("bank_code"),
            BankName = reader.Text("bank_name"),
            IsDefault = reader.Boolean("is_default"),
            IsVerified = reader.Boolean("is_verified"),
            AccountType = reader.Text("account_type"),
            CreatedDate = reader.Instant("recorded_at"),
        };
}
