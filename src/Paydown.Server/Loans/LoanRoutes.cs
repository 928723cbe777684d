using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Loans;

/// <summary>Loans for customers and officers, and the acts of managers on them.</summary>
public static class LoanRoutes
{
    public static void AddLoans(this IServiceCollection services)
    {
        services.AddSingleton<LoanChanges>();
        services.AddSingleton<CustomerLoansReading>();
    }

    public static void MapLoans(this ApiRoutes routes)
    {
        var customers = routes.Begin("Loans");
        customers.Get<GetLoanDetails>(
            "user/loan-details-with-payment-history/{loan-application-id}",
            CustomerOrOfficer,
            LoansRead
        );
        customers.Get<ListActiveLoans>("user/manage-loans/{customerId}", CustomerOrOfficer, LoansRead);
        customers.Get<GetLoanTotals>("user/get-total/{customerId}", CustomerOrOfficer, LoansRead);
        customers.Get<ListCharges>("user/loan-charges/{loan-application-id}", CustomerOrOfficer, LoansRead);

        var officers = routes.Begin("Back office: loans");
        officers.Post<ApplyCharge>("admin/loans/{accountId}/charges", Manager, LoansWrite);
        officers.Put<SetThirdPartyCollection>("admin/loans/{accountId}/third-party-collection", Manager, LoansWrite);
        officers.Get<ListChargesForOfficers>("admin/loans/{accountId}/charges", Officer, LoansRead);
        officers.Put<WaiveDebt>("admin/loans/{accountId}/waive", Manager, LoansWrite);
        officers.Put<RefundOverpayment>("admin/loans/{accountId}/refund-overpayment", Manager, LoansWrite);
        officers.Put<WriteOffLoan>("admin/loans/{accountId}/write-off", Manager, Scopes.None);
        officers.Get<ListActs>("admin/loans/{accountId}/acts", Officer, LoansRead);
        officers.Put<UndoAct>("admin/loans/{accountId}/acts/{actId}/undo", Manager, LoansWrite);
    }
}
