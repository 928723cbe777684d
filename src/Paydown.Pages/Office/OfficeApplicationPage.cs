using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>An application with its checks and its score.</summary>
public sealed record OfficeApplicationModel(OfficerApplication Application, IReadOnlyList<LoanDetails> Earlier);

/// <summary>Shows an application; approves, rejects, offers, pays out, cancels.</summary>
internal static class OfficeApplicationPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var application = await call.Api.ApplicationDecisions.GetAsync(call.Id("applicationId"), call.Cancelled);
        var earlier = await call.Api.Loans.GetPageAsync(application.CustomerId, 1, 10, call.Cancelled);
        var model = new OfficeApplicationModel(
            application,
            [.. earlier.Records.Where(one => one.LoanApplicationId != application.Id)]
        );
        return PageAnswer.Show<OfficeApplicationView, OfficeApplicationModel>("Application", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (id, form, decisions) = (call.Id("applicationId"), call.Form, call.Api.ApplicationDecisions);
        if (!call.SignedIn.IsManager)
            throw new PageMissingException();
        switch (form.Act)
        {
            case "approve":
                var terms = new ApprovedTerms
                {
                    Amount = form.AmountOrNull("amount"),
                    InterestRate = form.AmountOrNull("interestRate"),
                    Duration = form.WholeOrNull("duration"),
                    FirstDueDate = form.DayOrNull("firstDueDate"),
                };
                form.ThrowIfWrong();
                var approved = await decisions.ApproveAsync(id, terms, form.Key, call.Cancelled);
                return Done(id, approved.LoanApplicationStatus == ApplicationStatus.Requested);
            case "reject":
                var reason = form.Required("reason", "Say why; the customer reads it.");
                form.ThrowIfWrong();
                await decisions.RejectAsync(id, reason, form.Key, call.Cancelled);
                return Done(id, isAwaited: false);
            case "offer":
                var firstDueDate = form.DayOrNull("firstDueDate");
                form.ThrowIfWrong();
                await decisions.SendOfferAsync(id, firstDueDate, form.Key, call.Cancelled);
                return Done(id, isAwaited: false);
            case "disburse":
                var amount = form.AmountOrNull("amount");
                form.ThrowIfWrong();
                var paid = await decisions.DisburseAsync(id, amount, form.Key, call.Cancelled);
                return Done(id, paid.AwaitedApproval is not null);
            case "cancel":
                await decisions.CancelAsync(id, form.TextOrNull("reason"), form.Key, call.Cancelled);
                return Done(id, isAwaited: false);
            default:
                throw new PageMissingException();
        }
    }

    private static PageAnswer Done(Guid id, bool isAwaited) =>
        PageAnswer.Go($"/office/applications/{id}?done={(isAwaited ? "second" : "ok")}");
}
