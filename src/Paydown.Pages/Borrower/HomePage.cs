using System.Net;
using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>What a borrower owes, by when, and what waits.</summary>
/// <param name="Loans">The running loans, each with how to pay it.</param>
/// <param name="Waiting">The reports that are being checked.</param>
/// <param name="Offers">The offers that wait for an answer.</param>
public sealed record HomeModel(
    IReadOnlyList<HomeLoan> Loans,
    IReadOnlyList<CustomerRepayment> Waiting,
    IReadOnlyList<OpenOffer> Offers
);

/// <summary>A loan on the first page.</summary>
/// <param name="Loan">The loan.</param>
/// <param name="Instructions">How to pay it; null if nothing is to be paid, or a collector collects it.</param>
public sealed record HomeLoan(LoanDetails Loan, RepaymentInstructions? Instructions)
{
    /// <summary>The id in addresses.</summary>
    public Guid Id => Loan.LoanApplicationId ?? Loan.AccountId ?? Guid.Empty;

    /// <summary>The amount of its reports that are being checked.</summary>
    public decimal Reported => Instructions?.AmountReported ?? 0;

    /// <summary>What is left to pay now, after what has been reported.</summary>
    public decimal LeftToPay => Math.Max(0, (Instructions?.AmountDue ?? 0) - Reported);
}

/// <summary>Shows a borrower what is due.</summary>
internal static class HomePage
{
    // More running loans are on the page without their instructions.
    private const int LoansWithInstructionsMax = 10;

    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        if (!call.SignedIn.IsBorrower)
            return PageAnswer.Go(call.SignedIn.MayOpen(PageAccess.Officer) ? "/office" : "/me");
        var id = call.SignedIn.Id;
        var loans = call.Api.Loans.GetActiveAsync(id, call.Cancelled);
        var waiting = ListWaitingAsync(call);
        var offers = call.Api.Applications.GetOffersAsync(call.Cancelled);
        var shown = await Task.WhenAll((await loans).Select((loan, index) => WithInstructionsAsync(call, loan, index)));
        var model = new HomeModel(shown, await waiting, await offers);
        return PageAnswer.Show<HomeView, HomeModel>("Home", model);
    }

    private static async Task<IReadOnlyList<CustomerRepayment>> ListWaitingAsync(PageCall call)
    {
        var filter = new CustomerRepaymentFilter { Status = VerificationStatus.PendingVerification };
        return (await call.Api.Repayments.GetPageAsync(call.SignedIn.Id, 1, 10, filter, call.Cancelled)).Records;
    }

    private static async Task<HomeLoan> WithInstructionsAsync(PageCall call, LoanDetails loan, int index)
    {
        var shown = new HomeLoan(loan, null);
        return index >= LoansWithInstructionsMax
            ? shown
            : shown with
            {
                Instructions = await FindInstructionsAsync(call, shown.Id),
            };
    }

    /// <summary>How to pay a loan; null if it is settled, or a collector collects it.</summary>
    public static async Task<RepaymentInstructions?> FindInstructionsAsync(PageCall call, Guid loanId)
    {
        try
        {
            return await call.Api.Repayments.GetInstructionsAsync(loanId, call.Cancelled);
        }
        catch (PaydownRefusedException refused) when (refused.Status is HttpStatusCode.Conflict or (HttpStatusCode)422)
        {
            return null;
        }
    }
}
