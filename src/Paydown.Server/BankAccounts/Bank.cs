using System.Text.Json.Serialization;
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
    /// <summary>False if its account numbers have no NUBAN check digit, as with wallets.</summary>
    [JsonIgnore]
    public bool HasNuban { get; init; } = true;

    /// <summary>The bank for the rules.</summary>
    internal KnownBank Known => new(BankCode, HasNuban);

    /// <summary>
    /// The commercial, merchant and non-interest banks of Nigeria with three-digit codes. Managers add and rename
    /// banks. 063 was Diamond Bank: its customers kept their numbers, whose check digits are those of 063.
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
        new("063", "Access Bank (Diamond)"),
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
        new("501", "FSDH Merchant Bank"),
        new("502", "Rand Merchant Bank Nigeria"),
        new("559", "Coronation Merchant Bank"),
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
            "select bank_code, bank_name, has_nuban from bank where organisation_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var banks = Bank.BuiltIn.ToDictionary(bank => bank.BankCode, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            banks[reader.Text("bank_code")] = new Bank(reader.Text("bank_code"), reader.Text("bank_name"))
            {
                HasNuban = reader.Boolean("has_nuban"),
            };
        }

        return [.. banks.Values.OrderBy(bank => bank.BankName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Adds a bank to those of an organisation, or replaces the one with its code.</summary>
    public static async Task SetAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Bank bank,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into bank (organisation_id, bank_code, bank_name, has_nuban) values ($1, $2, $3, $4)
            on conflict (organisation_id, bank_code)
            do update set bank_name = excluded.bank_name, has_nuban = excluded.has_nuban
            """,
            connection
        )
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(bank.BankCode),
                Sql.Value(bank.BankName),
                Sql.Value(bank.HasNuban),
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Removes a bank from those of an organisation. A built-in one stays, with its own name.</summary>
    /// <returns>False if the organisation has no bank with exactly this code.</returns>
    public static async Task<bool> RemoveAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string bankCode,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "delete from bank where organisation_id = $1 and bank_code = $2",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(bankCode) },
        };
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>
    /// Returns the bank with a code; null if there is none. A bank that is listed under exactly this code comes first:
    /// codes of other schemes, such as NIP's 000011, look like the long form of another bank's.
    /// </summary>
    public static async Task<Bank?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string bankCode,
        CancellationToken cancellation
    )
    {
        var banks = await ListAsync(connection, organisationId, cancellation);
        return banks.FirstOrDefault(bank => bank.BankCode == bankCode)
            ?? banks.FirstOrDefault(bank => Nuban.IsSameBank(bank.BankCode, bankCode));
    }
}
