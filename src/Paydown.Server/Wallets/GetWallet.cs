using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Wallets;

/// <summary>Shows the balance of a customer's wallet. A wallet that was never used is empty.</summary>
public sealed class GetWallet(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show the balance of a customer's wallet")
            .Returns<WalletView>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await CustomerReading.AnswerAsync(
            database,
            call,
            call.Path(WalletRoutes.CustomerId),
            async (connection, customer) =>
            {
                var balance =
                    await WalletStore.FindBalanceAsync(connection, customer.Id, call.Cancellation)
                    ?? Money.Zero(organisation.Currency);
                return Answer.Success(new WalletView(customer.Id, balance, balance.Currency.Code));
            }
        );
    }
}

/// <summary>The balance of a wallet.</summary>
/// <param name="CustomerId">The customer who owns the wallet.</param>
/// <param name="Balance">The balance, all of which can be spent.</param>
/// <param name="CurrencyCode">The wallet's currency, ISO 4217.</param>
public sealed record WalletView(CustomerId CustomerId, Money Balance, string CurrencyCode);
