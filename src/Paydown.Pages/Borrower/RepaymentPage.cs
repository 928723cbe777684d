using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>What became of a repayment.</summary>
/// <param name="Repayment">The repayment.</param>
public sealed record RepaymentModel(CustomerRepayment Repayment);

/// <summary>Shows what became of a repayment, and lets its borrower withdraw a mistaken report.</summary>
internal static class RepaymentPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var repayment = await call.Api.Repayments.GetAsync(call.Id("repaymentId"), call.Cancelled);
        return PageAnswer.Show<RepaymentView, RepaymentModel>("Your repayment", new(repayment));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var id = call.Id("repaymentId");
        await call.Api.Repayments.WithdrawAsync(id, call.Form.Key, call.Cancelled);
        return PageAnswer.Go($"/repayments/{id}");
    }
}
