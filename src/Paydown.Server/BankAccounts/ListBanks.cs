using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.BankAccounts;

/// <summary>Lists the banks at which customers can have accounts.</summary>
public sealed class ListBanks(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the banks at which customers can have accounts").Returns<IReadOnlyList<Bank>>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        return Answer.Success(await BankStore.ListAsync(connection, call.Caller.OrganisationId, call.Cancellation));
    }
}
