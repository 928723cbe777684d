using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>A loan, how it goes, and what was paid.</summary>
/// <param name="Id">The id in addresses.</param>
/// <param name="Loan">The loan with its installments.</param>
/// <param name="Charges">Its fees and penalties with their reasons.</param>
/// <param name="CanBePaid">True if the borrower can pay it to the lender.</param>
public sealed record LoanModel(Guid Id, LoanDetails Loan, IReadOnlyList<LoanCharge> Charges, bool CanBePaid);

/// <summary>Shows a borrower one loan.</summary>
internal static class LoanPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("loanId");
        var reading = call.Api.Loans.GetAsync(id, call.Cancelled);
        var paying = HomePage.FindInstructionsAsync(call, id);
        var loan = await reading;
        var charges = loan.AccountId is null ? [] : await call.Api.Loans.GetChargesAsync(id, call.Cancelled);
        var model = new LoanModel(id, loan, charges, await paying is not null);
        return PageAnswer.Show<LoanView, LoanModel>(loan.LoanProductName, model);
    }
}
