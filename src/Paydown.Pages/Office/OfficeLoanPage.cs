using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A loan with all that was done on it.</summary>
public sealed record OfficeLoanModel(
    LoanDetails Loan,
    IReadOnlyList<ListedCharge> Charges,
    IReadOnlyList<ListedAct> Acts,
    IReadOnlyList<OfficerRepayment> Repayments
);

/// <summary>Shows officers one loan.</summary>
internal static class OfficeLoanPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("accountId");
        var loan = await call.Api.Loans.GetAsync(id, call.Cancelled);
        if (loan.AccountId is not { } accountId)
            return PageAnswer.Go($"/office/applications/{loan.LoanApplicationId}");
        var charges = call.Api.Officers.GetChargesAsync(accountId, call.Cancelled);
        var acts = call.Api.Officers.GetActsAsync(accountId, call.Cancelled);
        var filter = new OfficerRepaymentFilter { AccountId = accountId };
        var repayments = await call.Api.Officers.GetRepaymentPageAsync(1, 20, filter, call.Cancelled);
        var model = new OfficeLoanModel(loan, await charges, await acts, repayments.Records);
        return PageAnswer.Show<OfficeLoanView, OfficeLoanModel>($"Loan of {loan.CustomerName}", model);
    }
}
