using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>A transfer to the borrower's bank.</summary>
public sealed record TransferModel(Transfer Transfer);

/// <summary>Shows what became of a transfer.</summary>
internal static class TransferPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var transfer = await call.Api.Wallet.GetTransferAsync(call.Word("reference"), call.Cancelled);
        return PageAnswer.Show<TransferView, TransferModel>("Money sent to your bank", new(transfer));
    }

    /// <summary>The kind of the mark that shows the state of a transfer.</summary>
    public static string Mark(TransferStatus status) =>
        status switch
        {
            TransferStatus.Completed => "good",
            TransferStatus.Failed or TransferStatus.Returned => "bad",
            _ => "wait",
        };
}
