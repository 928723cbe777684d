using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The postings of an account in a month.</summary>
public sealed record PostingsModel(LedgerAccount Account, DateOnly Month, Page<Posting> Page);

/// <summary>Shows the postings behind a balance.</summary>
internal static class PostingsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        if (!Enum.TryParse<LedgerAccount>(call.Word("account"), out var account) || account == LedgerAccount.Unknown)
            throw new PageMissingException();
        var month = LedgerPage.MonthOf(call);
        var page = await call.Api.Ledger.GetPostingsPageAsync(account, call.Position, month, 50, call.Cancelled);
        return PageAnswer.Show<PostingsView, PostingsModel>($"Postings of {account}", new(account, month, page));
    }
}
