using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>What closes a loan.</summary>
/// <param name="Id">The id in addresses.</param>
/// <param name="Quote">The amount that closes it.</param>
/// <param name="Balance">The money in the wallet.</param>
public sealed record PayoffModel(Guid Id, PayoffQuote Quote, decimal Balance);

/// <summary>Shows what closes a loan on a day, and pays it from the wallet.</summary>
internal static class PayoffPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("loanId");
        var wallet = call.Api.Wallet.GetAsync(call.SignedIn.Id, call.Cancelled);
        var quote = await call.Api.Repayments.GetPayoffQuoteAsync(id, call.QueryDay("day"), call.Cancelled);
        return PageAnswer.Show<PayoffView, PayoffModel>("Pay it off", new(id, quote, (await wallet).Balance));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var request = new PayoffRequest
        {
            LoanApplicationId = call.Id("loanId"),
            PaymentMethod = RepaymentMethod.Wallet,
        };
        var paid = await call.Api.Repayments.PayOffAsync(request, call.Form.Key, call.Cancelled);
        return PageAnswer.Go($"/repayments/{paid.RepaymentId}");
    }
}
