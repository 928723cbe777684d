using Npgsql;
using Paydown.Lending;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Wallets;

/// <summary>Lists a customer's transfers to bank accounts, newest first.</summary>
public sealed class TransferHistory(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var customerId = call.PathId("customerId");
        if (Ownership.Check(call, customerId) is { } refusal) return Answer.Refused(refusal);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var customer = await CustomerStore.FindAsync(
            connection, call.Caller.OrganisationId, customerId, call.Cancellation);
        if (customer is null) return Answer.Refused(Refusals.NotFound("customer"));
        var paging = Paging.Of(call);
        var (transfers, total) = await TransferStore.ListAsync(
            connection, customerId, (paging.Number - 1) * paging.Size, paging.Size, call.Cancellation);
        return Answer.Success(transfers.Select(TransferView.Of).ToList(), page: paging.ToPage(total));
    }
}
