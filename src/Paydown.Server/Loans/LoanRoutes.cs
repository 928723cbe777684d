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
    internal static readonly PathId<LoanEventId> ChargeId = new("chargeId");

    public static void AddLoans(this IServiceCollection services)
    {
        services.AddSingleton<LoanChanges>();
        services.AddSingleton<LoanActing>();
        services.AddSingleton<LoanCrediting>();
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
        customers.Get<ListLoanEvents>($"user/loans/{AccountId}/history", CustomerOrOfficer, LoansRead);

        var officers = routes.Begin("Back office: loans");
        officers.Get<ListLoans>("admin/loans", Officer, LoansRead);
        officers.Post<ApplyCharge>($"admin/loans/{AccountId}/charges", Manager, LoansWrite);
        officers.Put<SetThirdPartyCollection>($"admin/loans/{AccountId}/third-party-collection", Manager, LoansWrite);
        officers.Get<ListChargesForOfficers>($"admin/loans/{AccountId}/charges", Officer, LoansRead);
        officers.Put<WaiveDebt>($"admin/loans/{AccountId}/waive", Manager, LoansWrite);
        officers.Put<RefundOverpayment>($"admin/loans/{AccountId}/refund-overpayment", Manager, LoansWrite);
        officers.Put<WriteOffLoan>($"admin/loans/{AccountId}/write-off", Manager, Scopes.None);
        officers.Put<RescheduleLoan>($"admin/loans/{AccountId}/reschedule", Manager, LoansWrite);
        officers.Put<ReAgeLoan>($"admin/loans/{AccountId}/re-age", Manager, LoansWrite);
        officers.Put<ReAmortizeLoan>($"admin/loans/{AccountId}/re-amortize", Manager, LoansWrite);
        officers.Put<PauseInterest>($"admin/loans/{AccountId}/pause-interest", Manager, LoansWrite);
        officers.Put<PauseArrears>($"admin/loans/{AccountId}/pause-arrears", Manager, LoansWrite);
        officers.Put<ResumeArrears>($"admin/loans/{AccountId}/resume-arrears", Manager, LoansWrite);
        officers.Put<TerminateContract>($"admin/loans/{AccountId}/terminate", Manager, Scopes.None);
        officers.Put<ChargeOffLoan>($"admin/loans/{AccountId}/charge-off", Manager, Scopes.None);
        officers.Put<AdjustCharge>($"admin/loans/{AccountId}/charges/{ChargeId}/adjust", Manager, LoansWrite);
        officers.Put<WaiveInterest>($"admin/loans/{AccountId}/waive-interest", Manager, LoansWrite);
        officers.Get<GetAccruedInterest>($"admin/loans/{AccountId}/accrued-interest", Officer, LoansRead);
        officers.Get<ListLoanEventsForOfficers>($"admin/loans/{AccountId}/history", Officer, LoansRead);
        officers.Get<ListActs>($"admin/loans/{AccountId}/acts", Officer, LoansRead);
        officers.Put<UndoAct>($"admin/loans/{AccountId}/acts/{ActId}/undo", Manager, LoansWrite);
    }
}
