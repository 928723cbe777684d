using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.BankAccounts;

/// <summary>Lists the built-in banks and those of the organisation, by name.</summary>
public sealed class ListBanksForOfficers(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the banks with their rules").Returns<IReadOnlyList<ListedBank>>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var banks = await BankStore.ListAsync(connection, call.Caller.OrganisationId, call.Cancellation);
        return Answer.Success<IReadOnlyList<ListedBank>>([.. banks.Select(ListedBank.Of)]);
    }
}
