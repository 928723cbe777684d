using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Storage;
using Paydown.Statements.Reading;

namespace Paydown.Server.Statements;

/// <summary>The organisation that a statement belongs to.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="AccountId">Its account.</param>
public sealed record StatementOwner(OrganisationId OrganisationId, CollectionAccountId AccountId);

/// <summary>
/// Finds the organisations that have the account of a statement. It is the only statement about accounts that is not
/// limited to one organisation: a file in a folder has no caller.
/// </summary>
public static class StatementOwnerStore
{
    // Some banks write their code before the number, as in StatementImport. An account that is closed counts only if
    // no open one has the number.
    private const string Select = """
        select organisation_id, id from (
          select organisation_id, id, rank() over (order by account_number = $1 desc, closed_at is null desc) as place
          from collection_account
          where ($2::text is null or currency_code = $2)
            and (account_number = $1
                 or (length(account_number) >= 8 and right($1, length(account_number)) = account_number))) found
        where place = 1
        """;

    /// <summary>Returns the accounts of all organisations that a statement may be of.</summary>
    public static async Task<IReadOnlyList<StatementOwner>> ListAsync(
        NpgsqlConnection connection,
        StatementOpened statement,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Select, connection)
        {
            Parameters =
            {
                Sql.Value(OwnAccount.NumberOf(statement.Account ?? "")),
                Sql.Value(statement.Currency?.Code, NpgsqlTypes.NpgsqlDbType.Text),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var owners = new List<StatementOwner>();
        while (await reader.ReadAsync(cancellation))
            owners.Add(new(reader.Id<OrganisationId>("organisation_id"), reader.Id<CollectionAccountId>("id")));
        return owners;
    }
}
