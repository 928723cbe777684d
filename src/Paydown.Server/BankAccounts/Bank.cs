using Npgsql;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.BankAccounts;

/// <summary>A bank that can receive transfers.</summary>
/// <param name="BankCode">The CBN code: three digits for a deposit money bank, six for another institution.</param>
/// <param name="BankName">The bank's name.</param>
public sealed record Bank(string BankCode, string BankName)
{
    /// <summary>
    /// The commercial, merchant and non-interest banks of Nigeria with three-digit codes. Operators add or rename banks
    /// in the table <c>bank</c>.
    /// </summary>
    public static IReadOnlyList<Bank> BuiltIn { get; } =
    [
        new("011", "First Bank of Nigeria"),
        new("023", "Citibank Nigeria"),
        new("032", "Union Bank of Nigeria"),
        new("033", "United Bank for Africa"),
        new("035", "Wema Bank"),
        new("044", "Access Bank"),
        new("050", "Ecobank Nigeria"),
        new("057", "Zenith Bank"),
        new("058", "Guaranty Trust Bank"),
        new("068", "Standard Chartered Bank Nigeria"),
        new("070", "Fidelity Bank"),
        new("076", "Polaris Bank"),
        new("082", "Keystone Bank"),
        new("100", "SunTrust Bank Nigeria"),
        new("101", "Providus Bank"),
        new("102", "Titan Trust Bank"),
        new("103", "Globus Bank"),
        new("104", "Parallex Bank"),
        new("105", "PremiumTrust Bank"),
        new("106", "Signature Bank"),
        new("107", "Optimus Bank"),
        new("214", "First City Monument Bank"),
        new("215", "Unity Bank"),
        new("221", "Stanbic IBTC Bank"),
        new("232", "Sterling Bank"),
        new("301", "Jaiz Bank"),
        new("302", "TAJBank"),
        new("303", "Lotus Bank"),
    ];
}

/// <summary>The SQL of banks.</summary>
public static class BankStore
{
    /// <summary>
    /// Returns the built-in banks and those of an organisation, ordered by name. The organisation's rows win.
    /// </summary>
    public static async Task<IReadOnlyList<Bank>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select bank_code, bank_name from bank where organisation_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var banks = Bank.BuiltIn.ToDictionary(bank => bank.BankCode, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            banks[reader.Text("bank_code")] = new Bank(reader.Text("bank_code"), reader.Text("bank_name"));
        return [.. banks.Values.OrderBy(bank => bank.BankName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Adds a bank to those of an organisation.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Bank bank,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "insert into bank (organisation_id, bank_code, bank_name) values ($1, $2, $3)",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(bank.BankCode), Sql.Value(bank.BankName) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Returns the bank with a code, in any of the code's forms; null if there is none.</summary>
    public static async Task<Bank?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string bankCode,
        CancellationToken cancellation
    ) =>
        (await ListAsync(connection, organisationId, cancellation)).FirstOrDefault(bank =>
            Nuban.IsSameBank(bank.BankCode, bankCode)
        );
}
