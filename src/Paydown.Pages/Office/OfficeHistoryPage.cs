using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A loan and a page of its events.</summary>
public sealed record OfficeHistoryModel(LoanDetails Loan, Page<HistoryEvent> Events);

/// <summary>Explains a loan: every event, what it paid, and what the books got.</summary>
internal static class OfficeHistoryPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("accountId");
        var loan = call.Api.Loans.GetAsync(id, call.Cancelled);
        var events = await call.Api.Officers.GetLoanEventPageAsync(id, call.Position, 50, call.Cancelled);
        return PageAnswer.Show<OfficeHistoryView, OfficeHistoryModel>("What happened", new(await loan, events));
    }
}
