using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Wallets;

/// <summary>Lists a customer's transfers to bank accounts, newest first.</summary>
public sealed class ListTransfers(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List a customer's transfers to bank accounts, newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<TransferView>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var customerId = call.Path(WalletRoutes.CustomerId);
        if (Ownership.Check(call, customerId) is { } refusal)
            return Answer.Refused(refusal);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var customer = await CustomerStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            customerId,
            call.Cancellation
        );
        if (customer is null)
            return Answer.Refused(Refusals.NotFound("customer"));
        var page = await TransferStore.ListAsync(connection, customerId, call.Paging, call.Cancellation);
        return call.Paging.Answer(page.Records, stored => new(stored.Transfer.Id), TransferView.Of, page.Counted);
    }
}
