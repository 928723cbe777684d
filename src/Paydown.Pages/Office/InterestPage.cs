using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The interest that a loan has earned by a day.</summary>
public sealed record InterestModel(LoanDetails Loan, AccruedInterest Interest);

/// <summary>Explains the interest of a loan, installment by installment.</summary>
internal static class InterestPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("accountId");
        var loan = call.Api.Loans.GetAsync(id, call.Cancelled);
        var interest = await call.Api.Officers.GetAccruedInterestAsync(id, call.QueryDay("asOf"), call.Cancelled);
        return PageAnswer.Show<InterestView, InterestModel>("The interest, explained", new(await loan, interest));
    }
}
