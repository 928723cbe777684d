using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Repayments;

/// <summary>
/// Repayments: reported by customers, decided by officers, listed for both; and what is still to be paid.
/// </summary>
public static class RepaymentRoutes
{
    internal static readonly PathId<CustomerId> UserId = new("user-id");
    internal static readonly PathId<RepaymentId> Id = new("id");
    internal static readonly PathId<CustomerId> CustomerId = new("customer-id");

    public static void MapRepayments(this ApiRoutes routes)
    {
        var customers = routes.Begin("Repayments");
        customers.Post<RepayLoan>($"user/repay-loan/{UserId}", Customer);
        customers.Get<GetOwnRepayment>($"user/repayments/{Id}", Customer);
        customers.Put<WithdrawRepayment>($"user/repayments/{Id}/withdraw", Customer);
        customers.Get<ListCustomerRepayments>(
            $"user/list-customer-repayments/{CustomerId}",
            CustomerOrOfficer,
            RepaymentsRead
        );
        customers.Get<GetRepaymentInstructions>(
            $"user/repayment-instructions/{LoanRoutes.ShownLoanId}",
            CustomerOrOfficer,
            LoansRead
        );
        customers.Get<ListPendingRepayments>($"user/pending-repayments/{UserId}", CustomerOrOfficer, LoansRead);
        customers.Get<ListRepaidTransactions>($"user/repaid-transactions/{UserId}", CustomerOrOfficer, RepaymentsRead);
        customers.Get<GetPayoffQuote>($"user/payoff-quote/{LoanRoutes.ShownLoanId}", CustomerOrOfficer, LoansRead);
        customers.Post<PayoffLoan>("user/payoff-loan", Customer);

        var officers = routes.Begin("Back office: repayments");
        officers.Post<RecordRepayment>("admin/repayments", Officer, RepaymentsRecord);
        officers.Get<GetRepayment>($"admin/repayments/{Id}", Officer, RepaymentsRead);
        officers.Get<ListRepaymentsForOfficers>("admin/repayments/list", Officer, RepaymentsRead);
        officers.Put<VerifyRepayment>($"admin/repayments/{Id}/verify", Officer, RepaymentsVerify);
        officers.Put<RejectRepayment>($"admin/repayments/{Id}/reject", Officer, RepaymentsVerify);
        officers.Put<ReverseRepayment>($"admin/repayments/{Id}/reverse", Officer, RepaymentsVerify);
    }
}
