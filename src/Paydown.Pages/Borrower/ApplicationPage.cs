using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>An application, its offer, and the terms.</summary>
/// <param name="Application">The application.</param>
/// <param name="Offer">The offer that can be accepted; null if there is none.</param>
/// <param name="Terms">The terms and conditions, while they can be accepted; otherwise null.</param>
public sealed record ApplicationModel(RequestedLoan Application, OpenOffer? Offer, OrganisationTerms? Terms);

/// <summary>Shows an application, and lets the borrower answer the offer.</summary>
internal static class ApplicationPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("applicationId");
        var application = (await call.Api.Applications.GetAsync(id, call.Cancelled)).LoanDetails;
        var offer =
            application.LoanApplicationStatusEnum == ApplicationStatus.OfferSent
                ? (await call.Api.Applications.GetOffersAsync(call.Cancelled)).FirstOrDefault(one =>
                    one.LoanApplicationId == id
                )
                : null;
        var needsTerms =
            application is { LoanApplicationStatusEnum: ApplicationStatus.Accepted, TermsAcceptedAt: null };
        var terms = needsTerms ? await call.Api.Products.GetTermsAsync(application.Organisation, call.Cancelled) : null;
        var model = new ApplicationModel(application, offer, terms);
        return PageAnswer.Show<ApplicationView, ApplicationModel>("Your application", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (id, key, applications) = (call.Id("applicationId"), call.Form.Key, call.Api.Applications);
        await (
            call.Form.Act switch
            {
                "accept" => applications.AcceptOfferAsync(id, key, call.Cancelled),
                "reject" => applications.RejectOfferAsync(id, key, call.Cancelled),
                "terms" => applications.AcceptTermsAsync(id, key, call.Cancelled),
                "cancel" => applications.CancelAsync(id, key, call.Cancelled),
                _ => throw new PageMissingException(),
            }
        );
        return PageAnswer.Go($"/applications/{id}");
    }
}
