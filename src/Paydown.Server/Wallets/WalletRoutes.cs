using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Wallets;

/// <summary>Money that the lender holds for its customers, and how it leaves.</summary>
public static class WalletRoutes
{
    internal static readonly PathId<CustomerId> CustomerId = new("customerId");
    internal static readonly PathText TransactionReference = new("transactionReference");

    public static void AddWallets(this IServiceCollection services)
    {
        services.AddSingleton<TransactionPins>();
        services.AddSingleton<TransferChanges>();
        services.AddSingleton<PaymentDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<PaymentDispatcher>());
    }

    public static void MapWallets(this ApiRoutes routes)
    {
        var customers = routes.Begin("Wallet");
        customers.Get<GetWallet>($"user/wallet/{CustomerId}", CustomerOrOfficer, CustomersRead);
        customers.Get<ListWalletEntries>($"user/wallet-history/{CustomerId}", CustomerOrOfficer, CustomersRead);
        customers.Put<SetTransactionPin>("user/transaction-pin", Customer);
        customers.Post<TransferFunds>("user/transfer-funds-to-bank", Customer);
        customers.Get<GetTransferStatus>(
            $"user/check-transfer-status/{TransactionReference}",
            CustomerOrOfficer,
            CustomersRead
        );
        customers.Get<ListTransfers>($"user/transfer-history/{CustomerId}", CustomerOrOfficer, CustomersRead);
    }
}
