using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>One repayment, with all that helps to decide about it.</summary>
/// <param name="Repayment">The repayment.</param>
/// <param name="Loan">Its loan.</param>
public sealed record OfficeRepaymentModel(RepaymentDetails Repayment, LoanDetails Loan);

/// <summary>Shows one repayment; verifies, rejects or reverses it.</summary>
internal static class OfficeRepaymentPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var repayment = await call.Api.Officers.GetRepaymentAsync(call.Id("repaymentId"), call.Cancelled);
        var loan = await call.Api.Loans.GetAsync(repayment.AccountId, call.Cancelled);
        var model = new OfficeRepaymentModel(repayment, loan);
        return PageAnswer.Show<OfficeRepaymentView, OfficeRepaymentModel>("Repayment", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var id = call.Id("repaymentId");
        var decided = await DecideAsync(call, id);
        return PageAnswer.Go($"/office/repayments/{id}?done={(decided.AwaitedApproval is null ? "ok" : "second")}");
    }

    private static Task<DecidedRepayment> DecideAsync(PageCall call, Guid id)
    {
        var (form, officers) = (call.Form, call.Api.Officers);
        switch (form.Act)
        {
            case "verify":
                return officers.VerifyRepaymentAsync(id, form.Key, call.Cancelled);
            case "correct":
                var correction = new RepaymentCorrection
                {
                    Amount = form.AmountOrNull("amount"),
                    PaymentDate = form.DayOrNull("paymentDate"),
                    Reason = form.Required("reason", "Say why it is corrected."),
                };
                form.ThrowIfWrong();
                return officers.VerifyRepaymentAsync(id, correction, form.Key, call.Cancelled);
            case "reject":
                return officers.RejectRepaymentAsync(id, Reason(form), form.Key, call.Cancelled);
            case "reverse":
                return officers.ReverseRepaymentAsync(id, Reason(form), form.Key, call.Cancelled);
            default:
                throw new PageMissingException();
        }
    }

    private static string Reason(PageForm form)
    {
        var reason = form.Required("reason", "Say why; the customer reads it.");
        form.ThrowIfWrong();
        return reason;
    }
}
