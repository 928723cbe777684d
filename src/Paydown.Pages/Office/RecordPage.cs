using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A repayment that no customer reported.</summary>
public sealed record RecordModel(Guid AccountId, LoanDetails Loan);

/// <summary>Records a repayment for a loan.</summary>
internal static class RecordPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("accountId");
        var loan = await call.Api.Loans.GetAsync(id, call.Cancelled);
        return PageAnswer.Show<RecordView, RecordModel>("Record a repayment", new(id, loan));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var repayment = new NewRepayment
        {
            AccountId = call.Id("accountId"),
            RepaymentAmount = form.Amount("repaymentAmount"),
            PaymentMethod = form.Word<RepaymentMethod>("paymentMethod"),
            PaymentDate = form.DayOrNull("paymentDate"),
            RepaymentReference = form.TextOrNull("repaymentReference"),
            PaymentNarration = form.TextOrNull("paymentNarration"),
        };
        form.ThrowIfWrong();
        var made = await call.Api.Officers.RecordRepaymentAsync(repayment, form.Key, call.Cancelled);
        return PageAnswer.Go($"/office/repayments/{made.Id}?done=ok");
    }
}
