using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>A loan and a page of its events.</summary>
public sealed record HistoryModel(Guid Id, LoanDetails Loan, Page<HistoryEvent> Events);

/// <summary>Explains a borrower's loan: every event and what it paid.</summary>
internal static class HistoryPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("loanId");
        var loan = await call.Api.Loans.GetAsync(id, call.Cancelled);
        var events = await call.Api.Loans.GetEventPageAsync(loan.AccountId ?? id, call.Position, 50, call.Cancelled);
        return PageAnswer.Show<HistoryView, HistoryModel>("What happened", new(id, loan, events));
    }
}
