using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Parts;

/// <summary>Sends papers: receipt, statement, schedule and offer, for borrowers and officers alike.</summary>
internal static class PaperPage
{
    private const string Type = "application/pdf";

    public static Task<PageAnswer> ReceiptAsync(PageCall call) =>
        SendAsync((papers, to) => papers.DownloadReceiptAsync(call.Id("repaymentId"), to, call.Cancelled), call);

    public static async Task<PageAnswer> StatementAsync(PageCall call)
    {
        var id = await AccountOfAsync(call);
        var (from, through) = (call.QueryDay("from"), call.QueryDay("to"));
        return await SendAsync(
            (papers, to) => papers.DownloadStatementAsync(id, to, from, through, call.Cancelled),
            call
        );
    }

    public static async Task<PageAnswer> ScheduleAsync(PageCall call)
    {
        var id = await AccountOfAsync(call);
        return await SendAsync((papers, to) => papers.DownloadScheduleAsync(id, to, call.Cancelled), call);
    }

    public static Task<PageAnswer> OfferAsync(PageCall call) =>
        SendAsync((papers, to) => papers.DownloadOfferAsync(call.Id("applicationId"), to, call.Cancelled), call);

    // Addresses of borrowers have the id of the application, papers that of the loan account.
    private static async Task<Guid> AccountOfAsync(PageCall call)
    {
        var loan = await call.Api.Loans.GetAsync(call.Id("loanId"), call.Cancelled);
        return loan.AccountId ?? throw new PageMissingException();
    }

    private static async Task<PageAnswer> SendAsync(Func<DocumentCalls, Stream, Task<string>> download, PageCall call)
    {
        var content = new MemoryStream();
        var name = await download(call.Api.Documents, content);
        return PageAnswer.Download(new(name, Type, content.ToArray()));
    }
}
