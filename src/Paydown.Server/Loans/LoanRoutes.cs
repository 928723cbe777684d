using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Loans;

/// <summary>Loans for customers and officers, and the acts of managers on them.</summary>
public static class LoanRoutes
{
    internal static readonly PathId<ShownLoanId> ShownLoanId = new("loan-application-id");
    internal static readonly PathId<CustomerId> CustomerId = new("customerId");
    internal static readonly PathId<LoanId> AccountId = new("accountId");
    internal static readonly PathId<LoanEventId> ActId = new("actId");

    public static void AddLoans(this IServiceCollection services)
    {
        services.AddSingleton<LoanChanges>();
        services.AddSingleton<CustomerLoansReading>();
    }

    public static void MapLoans(this ApiRoutes routes)
    {
        var customers = routes.Begin("Loans");
        customers.Get<GetLoanDetails>(
            $"user/loan-details-with-payment-history/{ShownLoanId}",
            CustomerOrOfficer,
            LoansRead
        );
        customers.Get<ListActiveLoans>($"user/manage-loans/{CustomerId}", CustomerOrOfficer, LoansRead);
        customers.Get<GetLoanTotals>($"user/get-total/{CustomerId}", CustomerOrOfficer, LoansRead);
        customers.Get<ListCharges>($"user/loan-charges/{ShownLoanId}", CustomerOrOfficer, LoansRead);

        var officers = routes.Begin("Back office: loans");
        officers.Post<ApplyCharge>($"admin/loans/{AccountId}/charges", Manager, LoansWrite);
        officers.Put<SetThirdPartyCollection>($"admin/loans/{AccountId}/third-party-collection", Manager, LoansWrite);
        officers.Get<ListChargesForOfficers>($"admin/loans/{AccountId}/charges", Officer, LoansRead);
        officers.Put<WaiveDebt>($"admin/loans/{AccountId}/waive", Manager, LoansWrite);
        officers.Put<RefundOverpayment>($"admin/loans/{AccountId}/refund-overpayment", Manager, LoansWrite);
        officers.Put<WriteOffLoan>($"admin/loans/{AccountId}/write-off", Manager, Scopes.None);
        officers.Get<ListActs>($"admin/loans/{AccountId}/acts", Officer, LoansRead);
        officers.Put<UndoAct>($"admin/loans/{AccountId}/acts/{ActId}/undo", Manager, LoansWrite);
    }
}
