using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The repayments of the lender, or some of them.</summary>
/// <param name="Status">The state that was asked for; null for all.</param>
/// <param name="Page">One page of them.</param>
public sealed record OfficeRepaymentsModel(VerificationStatus? Status, Page<OfficerRepayment> Page);

/// <summary>Lists repayments: those that wait oldest first, the others newest first.</summary>
internal static class OfficeRepaymentsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        VerificationStatus? status = call.Query("status") switch
        {
            "All" => null,
            null => VerificationStatus.PendingVerification,
            _ => call.QueryWord<VerificationStatus>("status"),
        };
        var filter = new OfficerRepaymentFilter
        {
            Status = status,
            Search = call.Query("search"),
            AccountId = Guid.TryParse(call.Query("account"), out var account) ? account : null,
            CustomerId = Guid.TryParse(call.Query("customer"), out var customer) ? customer : null,
            StartDate = call.QueryDay("from"),
            EndDate = call.QueryDay("to"),
            OldestFirst = status == VerificationStatus.PendingVerification,
        };
        var page = await call.Api.Officers.GetRepaymentPageAsync(call.Position, 25, filter, call.Cancelled);
        return PageAnswer.Show<OfficeRepaymentsView, OfficeRepaymentsModel>("Repayments", new(status, page));
    }
}
