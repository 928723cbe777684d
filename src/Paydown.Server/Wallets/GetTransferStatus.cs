using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Wallets;

/// <summary>
/// Shows a transfer's status: customers see their own transfers, officers those of their organisation.
/// </summary>
public sealed class GetTransferStatus(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a transfer's status").Returns<TransferView>().Refuses(Refusals.TransferNotFound());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var reference = call.Path(WalletRoutes.TransactionReference);
        var stored = TransferReference.TryParse(reference, out var id) ? await FindAsync(call, id) : null;
        return stored is null ? Answer.Refused(Refusals.TransferNotFound()) : Answer.Success(TransferView.Of(stored));
    }

    private async Task<StoredTransfer?> FindAsync(Call call, TransferId id)
    {
        var (caller, token) = (call.Caller, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(token);
        return caller.IsOfficer
            ? await TransferStore.FindInOrganisationAsync(connection, caller.OrganisationId, id, token)
            : await TransferStore.FindAsync(connection, caller.CustomerId, id, token);
    }
}
