using Paydown.Lending;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Repayments;

/// <summary>Repayments: reported by customers, decided by officers, listed for both.</summary>
public static class RepaymentsFeature
{
    private const string Tag = "Repayments";

    public static void AddRepayments(this IServiceCollection services)
    {
        services.AddSingleton<RepayLoan>();
        services.AddSingleton<ListCustomerRepayments>();
    }

    public static void MapRepayments(this ApiRoutes routes, IServiceProvider services)
    {
        var naira = Currency.Get("NGN");
        routes.Post("user/repay-loan/{user-id}", services.GetRequiredService<RepayLoan>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Report a repayment already sent by bank transfer")
            .Reads(RepayLoan.Fields)
            .Answers(RepaymentRecorded.Example)
            .Refuses(
                Refusals.CustomerMismatch(), Refusals.LoanNotFound(), Refusals.LoanApplicationMissing(), Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed(), Refusals.InvalidAmount(new Money(5_000_000, naira)),
                Refusals.BankAccountMismatch());

        routes.Get("user/list-customer-repayments/{customer-id}", services.GetRequiredService<ListCustomerRepayments>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Described(Tag, "All repayments of a customer, newest first")
            .Takes(ListCustomerRepayments.QueryFields)
            .Answers<IReadOnlyList<CustomerRepayment>>([CustomerRepayment.Example], paged: true)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
    }
}
