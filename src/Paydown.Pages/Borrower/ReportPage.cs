using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The report of a repayment: first the form, then the same to be checked.</summary>
/// <param name="Id">The id in addresses.</param>
/// <param name="How">Account, reference and amounts.</param>
/// <param name="Accounts">The borrower's bank accounts.</param>
/// <param name="Suggested">The amount to begin with: what is due less what is reported.</param>
/// <param name="IsCheck">True for the page that shows what will be sent.</param>
public sealed record ReportModel(
    Guid Id,
    RepaymentInstructions How,
    IReadOnlyList<BankAccount> Accounts,
    decimal Suggested,
    bool IsCheck
);

/// <summary>Lets a borrower report a transfer that was sent. The same form sent twice is one report.</summary>
internal static class ReportPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) => ShowAsync(call, isCheck: false);

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var amount = form.Amount("repaymentAmount");
        var account = form.Chosen("bankAccountId");
        var day = form.Day("paymentDate");
        form.ThrowIfWrong();
        if (form.Act != "send")
            return await ShowAsync(call, isCheck: form.Act == "check");
        var id = call.Id("loanId");
        var loan = await call.Api.Loans.GetAsync(id, call.Cancelled);
        var how = await call.Api.Repayments.GetInstructionsAsync(id, call.Cancelled);
        var report = new RepaymentReport
        {
            CustomerId = call.SignedIn.Id,
            AccountId = loan.AccountId ?? id,
            RepaymentAmount = amount,
            BankAccountId = account,
            PaymentDate = day,
            RepaymentReference = form.TextOrNull("repaymentReference") ?? how.PaymentReference,
        };
        var recorded = await call.Api.Repayments.ReportAsync(report, form.Key, call.Cancelled);
        return PageAnswer.Go($"/repayments/{recorded.Id}");
    }

    private static async Task<PageAnswer> ShowAsync(PageCall call, bool isCheck)
    {
        var id = call.Id("loanId");
        var accounts = call.Api.BankAccounts.GetAllAsync(call.SignedIn.Id, call.Cancelled);
        var how = await call.Api.Repayments.GetInstructionsAsync(id, call.Cancelled);
        var suggested = Math.Max(0, how.AmountDue - how.AmountReported);
        var model = new ReportModel(id, how, await accounts, suggested, isCheck);
        return PageAnswer.Show<ReportView, ReportModel>(isCheck ? "Check your report" : "Report a payment", model);
    }
}
