using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Applications;

/// <summary>From application to disbursement, for customers, agents and managers.</summary>
public static class ApplicationRoutes
{
    internal static readonly PathId<LoanApplicationId> LoanApplicationId = new("loan-application-id");
    internal static readonly PathId<LoanApplicationId> ApplicationId = new("loanApplicationId");
    internal static readonly PathId<CustomerId> CustomerId = new("customerId");
    internal static readonly PathId<LoanApplicationId> Id = new("id");
    internal static readonly PathId<LoanId> AccountId = new("accountId");

    public static void AddApplications(this IServiceCollection services)
    {
        services.AddSingleton<LoanDisbursement>();
        services.AddSingleton<DecideApplication>();
        services.AddSingleton<AnswerOffer>();
    }

    public static void MapApplications(this ApiRoutes routes)
    {
        var customers = routes.Begin("Applications");
        customers.Post<RequestLoan>("user/request-loan", Customer | Agent);
        customers.Get<GetApplication>($"user/loan-application-details/{LoanApplicationId}", AnyUser, ApplicationsRead);
        customers.Get<ListRequestedApplications>("user/requested-applications", Agent);
        customers.Get<GetLoanOffer>("user/get-loan-offer", Customer);
        customers.Put<AcceptOffer>($"user/accept-loan-offer/{ApplicationId}/accept", Customer);
        customers.Put<RejectOffer>($"user/accept-loan-offer/{ApplicationId}/reject", Customer);
        customers.Put<UpdateApplication>($"user/update-application/{LoanApplicationId}", Customer);
        customers.Put<AcceptTerms>($"user/accept-terms-and-conditions/{ApplicationId}", Customer);
        customers.Put<CancelApplication>($"user/cancel-application/{ApplicationId}", Customer);

        var loans = routes.Begin("Loans");
        loans
            .Get<GetLoanHistory>($"user/get-loan-history/{CustomerId}", CustomerOrOfficer, ApplicationsRead)
            .AlsoAt($"user/loan-history/{CustomerId}");

        var officers = routes.Begin("Back office: applications");
        officers.Get<GetApplicationForOfficer>($"admin/loan-application/{Id}", Officer, ApplicationsRead);
        officers.Get<ListApplications>("admin/loan-applications", Officer, ApplicationsRead);
        officers.Put<ApproveApplication>($"admin/loan-application/{Id}/approve", Manager, ApplicationsDecide);
        officers.Put<RejectApplication>($"admin/loan-application/{Id}/reject", Manager, ApplicationsDecide);
        officers.Put<SendOffer>($"admin/loan-application/{Id}/send-offer", Manager, ApplicationsDecide);
        officers.Put<DisburseLoan>($"admin/loan-application/{Id}/disburse", Manager, ApplicationsDecide);
        officers.Put<UndoDisbursement>($"admin/loans/{AccountId}/undo-disbursement", Manager, Scopes.None);
        officers.Put<CancelApplicationForOfficer>($"admin/loan-application/{Id}/cancel", Manager, ApplicationsDecide);
    }
}
