using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Applications;

/// <summary>From the application to the disbursement: what customers, agents and managers do.</summary>
public static class ApplicationsFeature
{
    private const string Tag = "Applications";
    private const string LoansTag = "Loans";
    private const string OfficersTag = "Back office: applications";

    private static readonly Refusal Unknown = Refusals.NotFound("loan application");

    private static readonly Refusal FirstDueTooClose = Refusals.FirstDueDateOutOfRange(
        new DateOnly(2026, 2, 1),
        "must be from 2026-02-03 to 2026-03-17: 5 to 47 days after a payout on 2026-01-29."
    );

    public static void AddApplications(this IServiceCollection services)
    {
        services.AddSingleton<ApplicationSteps>();
        services.AddSingleton<LoanDisbursement>();
        services.AddSingleton<DecideApplication>();
        services.AddSingleton<RequestLoan>();
        services.AddSingleton<GetApplication>();
        services.AddSingleton<ListRequestedApplications>();
        services.AddSingleton<GetLoanOffer>();
        services.AddSingleton<AnswerOffer>();
        services.AddSingleton<AcceptTerms>();
        services.AddSingleton<CancelApplication>();
        services.AddSingleton<GetLoanHistory>();
        services.AddSingleton<GetApplicationForOfficer>();
        services.AddSingleton<ListApplications>();
        services.AddSingleton<ApproveApplication>();
        services.AddSingleton<RejectApplication>();
        services.AddSingleton<SendOffer>();
        services.AddSingleton<DisburseLoan>();
        services.AddSingleton<CancelForOfficer>();
    }

    public static void MapApplications(this ApiRoutes routes, IServiceProvider services)
    {
        MapRequests(routes, services);
        MapAnswers(routes, services);
        MapHistory(routes, services, "user/get-loan-history/{customerId}");
        MapHistory(routes, services, "user/loan-history/{customerId}");
        MapOfficers(routes, services);
        MapDecisions(routes, services);
    }

    private static void MapRequests(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Post("user/request-loan", services.GetRequiredService<RequestLoan>().HandleAsync)
            .For(Access.Customer | Access.Agent)
            .Described(Tag, "Apply for a loan")
            .Reads(RequestLoan.Fields)
            .Answers(ApplicationDetails.Example)
            .Refuses(
                Refusals.AgentNamesNoCustomer(),
                Refusals.ApplicantMismatch(),
                Refusals.NotFound("customer"),
                Refusals.NotFound("loan product"),
                Refusals.ProductClosed(),
                Refusals.BankUnknown(),
                Refusals.ApplicationOpen()
            );
        routes
            .Get(
                "user/loan-application-details/{loan-application-id}",
                services.GetRequiredService<GetApplication>().HandleAsync
            )
            .For(Access.AnyUser)
            .Scoped(Scopes.ApplicationsRead)
            .Described(Tag, "Show an application")
            .Answers(ApplicationDetails.Example)
            .Refuses(Unknown);
        routes
            .Get("user/requested-applications", services.GetRequiredService<ListRequestedApplications>().HandleAsync)
            .For(Access.Agent)
            .Described(Tag, "List the applications that an agent made, newest first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<ApplicationDetails>>([ApplicationDetails.Example], paged: true);
        routes
            .Get("user/get-loan-offer", services.GetRequiredService<GetLoanOffer>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "List the offers that can be accepted")
            .Answers<IReadOnlyList<OpenOffer>>([OpenOffer.Example]);
    }

    private static void MapAnswers(ApiRoutes routes, IServiceProvider services)
    {
        var answers = services.GetRequiredService<AnswerOffer>();
        var notOffered = Refusals.ApplicationStateForbids("EXPIRED", "ACCEPTED", ["OFFER_SENT"]);
        routes
            .Put("user/accept-loan-offer/{loanApplicationId}/accept", answers.AcceptAsync)
            .For(Access.Customer)
            .Described(Tag, "Accept an offer")
            .Answers(ApplicationStanding.Example)
            .Refuses(Unknown, notOffered);
        routes
            .Put("user/accept-loan-offer/{loanApplicationId}/reject", answers.RejectAsync)
            .For(Access.Customer)
            .Described(Tag, "Reject an offer")
            .Answers(ApplicationStanding.Example)
            .Refuses(Unknown, notOffered);
        routes
            .Put("user/update-application/{loan-application-id}", answers.HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Accept an offer, or withdraw")
            .Takes(AnswerOffer.QueryFields)
            .Answers(UpdatedApplication.Example)
            .Refuses(Unknown, notOffered);
        routes
            .Put(
                "user/accept-terms-and-conditions/{loanApplicationId}",
                services.GetRequiredService<AcceptTerms>().HandleAsync
            )
            .For(Access.Customer)
            .Described(Tag, "Accept the terms and conditions of an accepted offer")
            .Answers(ApplicationStanding.Example)
            .Refuses(Unknown, Refusals.OfferNotAccepted("OFFER_SENT"), FirstDueTooClose);
        routes
            .Put(
                "user/cancel-application/{loanApplicationId}",
                services.GetRequiredService<CancelApplication>().HandleAsync
            )
            .For(Access.Customer)
            .Described(Tag, "Cancel an application")
            .Answers(ApplicationStanding.Example)
            .Refuses(Unknown, Refusals.ApplicationStateForbids("DISBURSED", "CANCELLED", ["REQUESTED"]));
    }

    private static void MapHistory(ApiRoutes routes, IServiceProvider services, string path) =>
        routes
            .Get(path, services.GetRequiredService<GetLoanHistory>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.ApplicationsRead)
            .Described(LoansTag, "List all loans and applications of a customer, newest first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<LoanView>>([LoanExamples.Listed], paged: true)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    private static void MapOfficers(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Get("admin/loan-application/{id}", services.GetRequiredService<GetApplicationForOfficer>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.ApplicationsRead)
            .Described(OfficersTag, "Show an application with its score, checks and events")
            .Answers(OfficerApplication.Example)
            .Refuses(Unknown);
        routes
            .Get("admin/loan-applications", services.GetRequiredService<ListApplications>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.ApplicationsRead)
            .Described(OfficersTag, "List the applications of the organisation, newest first")
            .Takes(ListApplications.QueryFields)
            .Answers<IReadOnlyList<OfficerApplication>>(
                [OfficerApplication.Example with { Events = null }],
                paged: true
            );
    }

    private static void MapDecisions(ApiRoutes routes, IServiceProvider services)
    {
        var naira = Currency.Get("NGN");
        var decided = Refusals.ApplicationStateForbids("REJECTED", "APPROVED", ["REQUESTED"]);
        routes
            .Put("admin/loan-application/{id}/approve", services.GetRequiredService<ApproveApplication>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ApplicationsDecide)
            .Described(OfficersTag, "Approve an application, with terms")
            .Reads(ApproveApplication.Fields)
            .Answers(OfficerApplication.Example)
            .Refuses(Unknown, decided, Refusals.PersonRequired(), Refusals.SecondOfficerRequired());
        routes
            .Put("admin/loan-application/{id}/reject", services.GetRequiredService<RejectApplication>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ApplicationsDecide)
            .Described(OfficersTag, "Reject an application")
            .Reads(RejectApplication.Fields)
            .Answers(OfficerApplication.Example)
            .Refuses(Unknown, decided);
        routes
            .Put("admin/loan-application/{id}/send-offer", services.GetRequiredService<SendOffer>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ApplicationsDecide)
            .Described(OfficersTag, "Send an offer: of an approved application, or a new one for an accepted one")
            .Reads(SendOffer.Fields)
            .Answers(OfficerApplication.Example)
            .Refuses(
                Unknown,
                decided,
                Refusals.ValidationFailed(new FieldError(FirstDueRules.Field, "must be later."))
            );
        routes
            .Put("admin/loan-application/{id}/disburse", services.GetRequiredService<DisburseLoan>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ApplicationsDecide)
            .Described(OfficersTag, "Pay a loan out to the customer's wallet, whole or in parts")
            .Reads(DisburseLoan.Fields)
            .Answers(DisbursedLoan.Example)
            .Refuses(
                Unknown,
                decided,
                Refusals.TermsNotAccepted(),
                Refusals.LoanNotRunning(),
                Refusals.FullyDisbursed(),
                FirstDueTooClose,
                Refusals.OfferExceeded(new Money(122_427_85, naira), new Money(122_321_60, naira)),
                Refusals.DisbursementOutOfRange(new Money(1, naira), new Money(500_000_00, naira)),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );
        routes
            .Put("admin/loan-application/{id}/cancel", services.GetRequiredService<CancelForOfficer>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ApplicationsDecide)
            .Described(OfficersTag, "Cancel an application before the loan is paid out")
            .Reads(CancelForOfficer.Fields)
            .Answers(OfficerApplication.Example)
            .Refuses(Unknown, decided);
    }
}
