using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Wallets;

/// <summary>Money that the lender holds for its customers, and how it leaves.</summary>
public static class WalletsFeature
{
    private const string Tag = "Wallet";

    public static void AddWallets(this IServiceCollection services)
    {
        services.AddSingleton<TransactionPins>();
        services.AddSingleton<SetTransactionPin>();
        services.AddSingleton<TransferChanges>();
        services.AddSingleton<TransferFunds>();
        services.AddSingleton<GetTransferStatus>();
        services.AddSingleton<ListTransfers>();
        services.AddSingleton<GetWallet>();
        services.AddSingleton<ListWalletEntries>();
        services.AddSingleton<PaymentDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<PaymentDispatcher>());
    }

    public static void MapWallets(this ApiRoutes routes, IServiceProvider services)
    {
        MapTransfers(routes, services);
        routes
            .Get("user/wallet/{customerId}", services.GetRequiredService<GetWallet>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "Show what is in a customer's wallet")
            .Answers(WalletView.Example)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes
            .Get("user/wallet-history/{customerId}", services.GetRequiredService<ListWalletEntries>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "List what came to a wallet and left it, newest first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<WalletHistoryItem>>([WalletHistoryItem.Example], paged: true)
            .PagedBy(PageKeyPart.Number)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes
            .Put("user/transaction-pin", services.GetRequiredService<SetTransactionPin>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Set or change the transaction PIN")
            .Reads(SetTransactionPin.Fields)
            .Answers(TransactionPinSet.Example)
            .Refuses(
                Refusals.TransactionPinTooSimple(),
                Refusals.TransactionPinProofMissing(isChange: true),
                TransactionPins.Wrong,
                Refusals.PasswordWrong(),
                TransactionPins.Locked(900)
            );
    }

    private static void MapTransfers(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Post("user/transfer-funds-to-bank", services.GetRequiredService<TransferFunds>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Send money from the wallet to a bank account")
            .Reads(TransferFunds.Fields)
            .Answers(TransferRequested.Example)
            .Refuses(
                Refusals.CustomerMismatch(),
                Refusals.BankAccountMismatch(),
                Refusals.TransferAccountMismatch(["accountNumber"]),
                Refusals.TransferAmountInvalid(TransferRequested.Example.Fee),
                Refusals.PaymentsNotConfigured(),
                Refusals.TransactionPinRequired(),
                Refusals.TransactionPinNotSet(),
                TransactionPins.Wrong,
                TransactionPins.Locked(900),
                Refusals.InsufficientFunds(WalletView.Example.Balance, TransferRequested.Example.Fee)
            );
        routes
            .Get(
                "user/check-transfer-status/{transactionReference}",
                services.GetRequiredService<GetTransferStatus>().HandleAsync
            )
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "Tell where a transfer stands")
            .Answers(TransferView.Example)
            .Refuses(Refusals.TransferNotFound());
        routes
            .Get("user/transfer-history/{customerId}", services.GetRequiredService<ListTransfers>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "List a customer's transfers to bank accounts, newest first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<TransferView>>([TransferView.Example], paged: true)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
    }
}
