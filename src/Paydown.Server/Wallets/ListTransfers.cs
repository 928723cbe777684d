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

    public ValueTask<Answer> HandleAsync(Call call) =>
        CustomerReading.AnswerAsync(
            database,
            call,
            call.Path(WalletRoutes.CustomerId),
            async (connection, customer) =>
            {
                var page = await TransferStore.ListAsync(connection, customer.Id, call.Paging, call.Cancellation);
                return call.Paging.Answer(
                    page.Records,
                    stored => new(stored.Transfer.Id),
                    TransferView.Of,
                    page.Counted
                );
            }
        );
}
