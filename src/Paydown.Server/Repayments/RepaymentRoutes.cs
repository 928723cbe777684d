using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Repayments;

/// <summary>
/// Repayments: reported by customers, decided by officers, listed for both; and what is still to be paid.
/// </summary>
public static class RepaymentRoutes
{
    public static void MapRepayments(this ApiRoutes routes)
    {
        var customers = routes.Begin("Repayments");
        customers.Post<RepayLoan>("user/repay-loan/{user-id}", Customer);
        customers.Put<WithdrawRepayment>("user/repayments/{id}/withdraw", Customer);
        customers.Get<ListCustomerRepayments>(
            "user/list-customer-repayments/{customer-id}",
            CustomerOrOfficer,
            RepaymentsRead
        );
        customers.Get<GetRepaymentInstructions>(
            "user/repayment-instructions/{loan-application-id}",
            CustomerOrOfficer,
            LoansRead
        );
        customers.Get<ListPendingRepayments>("user/pending-repayments/{user-id}", CustomerOrOfficer, LoansRead);
        customers.Get<ListRepaidTransactions>("user/repaid-transactions/{user-id}", CustomerOrOfficer, RepaymentsRead);
        customers.Get<GetPayoffQuote>("user/payoff-quote/{loan-application-id}", CustomerOrOfficer, LoansRead);
        customers.Post<PayoffLoan>("user/payoff-loan", Customer);

        var officers = routes.Begin("Back office: repayments");
        officers.Post<RecordRepayment>("admin/repayments", Officer, RepaymentsRecord);
        officers.Get<GetRepayment>("admin/repayments/{id}", Officer, RepaymentsRead);
        officers.Get<ListRepaymentsForOfficers>("admin/repayments/list", Officer, RepaymentsRead);
        officers.Put<VerifyRepayment>("admin/repayments/{id}/verify", Officer, RepaymentsVerify);
        officers.Put<RejectRepayment>("admin/repayments/{id}/reject", Officer, RepaymentsVerify);
        officers.Put<ReverseRepayment>("admin/repayments/{id}/reverse", Officer, RepaymentsVerify);
    }
}
