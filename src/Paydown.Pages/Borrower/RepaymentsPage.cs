using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The borrower's repayments, newest first.</summary>
/// <param name="Page">One page of them.</param>
public sealed record RepaymentsModel(Page<CustomerRepayment> Page);

/// <summary>Lists a borrower's repayments.</summary>
internal static class RepaymentsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var filter = new CustomerRepaymentFilter { Status = call.QueryWord<VerificationStatus>("status") };
        var page = await call.Api.Repayments.GetPageAsync(call.SignedIn.Id, call.Position, 20, filter, call.Cancelled);
        return PageAnswer.Show<RepaymentsView, RepaymentsModel>("Repayments", new(page));
    }
}
