using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.BankAccounts;
using Paydown.Server.Customers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Commands;

/// <summary>The number of banks and blacklist entries of a file, which are all stored now.</summary>
internal sealed record ImportedLists(int Banks, int Blacklist);

/// <summary>
/// The banks and the blacklist in a file of <c>paydown import</c>. What is not in the file stays as it is, and the same
/// file again changes nothing.
/// </summary>
internal static class ImportLists
{
    private const int BanksMax = 2_000;
    private const int EntriesMax = 100_000;

    private static readonly Field<string> BankCode = Field
        .Text("bankCode", "The bank's code: three digits, or six.", 3, 6)
        .Matching("^([0-9]{3}|[0-9]{6})$", "3 or 6 digits");

    /// <summary>The banks to list.</summary>
    public static Field<IReadOnlyList<FieldValues>?> Banks { get; } =
        Field.List("banks", "The banks.", BanksMax, [BankCode, ChangeBank.BankName, ChangeBank.HasNuban]).Optional();

    /// <summary>The entries of the blacklist.</summary>
    public static Field<IReadOnlyList<FieldValues>?> Blacklist { get; } =
        Field
            .List(
                "blacklist",
                "The people to whom the organisation does not lend.",
                EntriesMax,
                [AddToBlacklist.Kind, AddToBlacklist.Value, AddToBlacklist.Reason]
            )
            .Optional();

    /// <summary>Stores the lists of a file, in the transaction of the connection.</summary>
    /// <param name="connection">A connection whose transaction is open.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="file">The checked fields of the file.</param>
    /// <param name="context">Who imports.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <param name="cancellation">Cancels the statements.</param>
    public static async Task<ImportedLists> ReadAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        FieldValues file,
        ActionContext context,
        List<FieldError> errors,
        CancellationToken cancellation
    )
    {
        var (banks, entries) = (file.Get(Banks) ?? [], file.Get(Blacklist) ?? []);
        foreach (var bank in banks)
        {
            var wanted = new Bank(bank.Get(BankCode), bank.Get(ChangeBank.BankName).Trim())
            {
                HasNuban = bank.Get(ChangeBank.HasNuban),
            };
            await BankStore.SetAsync(connection, organisationId, wanted, cancellation);
        }

        var ids = new Ids(TimeProvider.System);
        for (var i = 0; i < entries.Count; i++)
        {
            var kind = entries[i].Get(AddToBlacklist.Kind);
            var value = BlacklistEntry.Tidied(kind, entries[i].Get(AddToBlacklist.Value));
            if (value.IsRefused)
            {
                errors.AddRange(
                    value.Refusal.Errors.Select(error => error with { Field = $"blacklist[{i}].{error.Field}" })
                );
                continue;
            }

            var entry = new BlacklistEntry(
                ids.Next<BlacklistEntryId>(),
                kind,
                value.Value,
                entries[i].Get(AddToBlacklist.Reason),
                context.At
            );
            await BlacklistStore.AddAsync(connection, organisationId, entry, cancellation);
        }

        var imported = new ImportedLists(banks.Count, entries.Count);
        if (imported != new ImportedLists(0, 0))
            await ChangeBank.AuditAsync(connection, organisationId, "LISTS_IMPORTED", imported, context, ids);
        return imported;
    }
}
