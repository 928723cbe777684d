using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The wallet, its movements and the transfers from it.</summary>
public sealed record WalletModel(Wallet Wallet, Page<WalletHistoryItem> History, IReadOnlyList<Transfer> Transfers);

/// <summary>Shows a borrower's wallet.</summary>
internal static class WalletPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.SignedIn.Id;
        var wallet = call.Api.Wallet.GetAsync(id, call.Cancelled);
        var transfers = call.Api.Wallet.GetTransferPageAsync(id, 1, 10, call.Cancelled);
        var history = await call.Api.Wallet.GetHistoryPageAsync(id, call.Position, 20, call.Cancelled);
        var model = new WalletModel(await wallet, history, (await transfers).Records);
        return PageAnswer.Show<WalletView, WalletModel>("Wallet", model);
    }
}
