using Paydown.Lending;
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
    }

    public static void MapWallets(this ApiRoutes routes, IServiceProvider services)
    {
        routes.Put("user/transaction-pin", services.GetRequiredService<SetTransactionPin>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Set or change the transaction PIN")
            .Reads(SetTransactionPin.Fields)
            .Answers(TransactionPinSet.Example)
            .Refuses(
                Refusals.TransactionPinTooSimple(), Refusals.TransactionPinProofMissing(isChange: true),
                Refusals.TransactionPinWrong(), Refusals.PasswordWrong(),
                Refusals.TransactionPinLocked(900));
    }
}
