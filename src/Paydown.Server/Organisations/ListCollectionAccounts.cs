using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Organisations;

/// <summary>Lists the bank accounts of the lender, oldest first.</summary>
public sealed class ListCollectionAccounts(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the bank accounts of the lender").Returns<IReadOnlyList<OwnAccount>>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        return Answer.Success(
            await CollectionAccountStore.ListAsync(connection, call.Caller.OrganisationId, call.Cancellation)
        );
    }
}
