using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Applications;

/// <summary>From application to disbursement, for customers, agents and managers.</summary>
public static class ApplicationRoutes
{
    public static void AddApplications(this IServiceCollection services)
    {
        services.AddSingleton<ApplicationSteps>();
        services.AddSingleton<LoanDisbursement>();
        services.AddSingleton<DecideApplication>();
        services.AddSingleton<AnswerOffer>();
    }

    public static void MapApplications(this ApiRoutes routes)
    {
        var customers = routes.Begin("Applications");
        customers.Post<RequestLoan>("user/request-loan", Customer | Agent);
        customers.Get<GetApplication>("user/loan-application-details/{loan-application-id}", AnyUser, ApplicationsRead);
        customers.Get<ListRequestedApplications>("user/requested-applications", Agent);
        customers.Get<GetLoanOffer>("user/get-loan-offer", Customer);
        customers.Put<AcceptOffer>("user/accept-loan-offer/{loanApplicationId}/accept", Customer);
        customers.Put<RejectOffer>("user/accept-loan-offer/{loanApplicationId}/reject", Customer);
        customers.Put<UpdateApplication>("user/update-application/{loan-application-id}", Customer);
        customers.Put<AcceptTerms>("user/accept-terms-and-conditions/{loanApplicationId}", Customer);
        customers.Put<CancelApplication>("user/cancel-application/{loanApplicationId}", Customer);

        var loans = routes.Begin("Loans");
        loans
            .Get<GetLoanHistory>("user/get-loan-history/{customerId}", CustomerOrOfficer, ApplicationsRead)
            .AlsoAt("user/loan-history/{customerId}");

        var officers = routes.Begin("Back office: applications");
        officers.Get<GetApplicationForOfficer>("admin/loan-application/{id}", Officer, ApplicationsRead);
        officers.Get<ListApplications>("admin/loan-applications", Officer, ApplicationsRead);
        officers.Put<ApproveApplication>("admin/loan-application/{id}/approve", Manager, ApplicationsDecide);
        officers.Put<RejectApplication>("admin/loan-application/{id}/reject", Manager, ApplicationsDecide);
        officers.Put<SendOffer>("admin/loan-application/{id}/send-offer", Manager, ApplicationsDecide);
        officers.Put<DisburseLoan>("admin/loan-application/{id}/disburse", Manager, ApplicationsDecide);
        officers.Put<CancelApplicationForOfficer>("admin/loan-application/{id}/cancel", Manager, ApplicationsDecide);
    }
}
