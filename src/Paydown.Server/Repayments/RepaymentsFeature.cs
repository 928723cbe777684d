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
    }
}
