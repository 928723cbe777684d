using Paydown.Lending;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Repayments;

/// <summary>How to repay, what is still to be paid, what has been, and paying off.</summary>
public static class RepaymentReadsFeature
{
    private const string Tag = "Repayments";

    public static void AddRepaymentReads(this IServiceCollection services)
    {
        services.AddSingleton<RepaymentInstructions>();
        services.AddSingleton<PendingRepayments>();
        services.AddSingleton<RepaidTransactions>();
        services.AddSingleton<QuotePayoff>();
        services.AddSingleton<PayoffLoan>();
    }

    public static void MapRepaymentReads(this ApiRoutes routes, IServiceProvider services)
    {
        routes.Get(
                "user/repayment-instructions/{loan-application-id}",
                services.GetRequiredService<RepaymentInstructions>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "How to pay: amount, account and reference")
            .Answers(InstructionsView.Example)
            .Refuses(Refusals.NotFound("loan application"), Refusals.ManualRepaymentNotAllowed());
        routes.Get("user/pending-repayments/{user-id}", services.GetRequiredService<PendingRepayments>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Installments still to be paid, earliest due first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<PendingInstallment>>([PendingInstallment.Example], paged: true)
            .Refuses(Refusals.NotYourOwn());
        routes.Get("user/repaid-transactions/{user-id}", services.GetRequiredService<RepaidTransactions>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Completed repayments, newest first")
            .Answers<IReadOnlyList<RepaidTransaction>>([RepaidTransaction.Example])
            .Refuses(Refusals.NotYourOwn());
        MapPayoff(routes, services);
    }

    private static void MapPayoff(ApiRoutes routes, IServiceProvider services)
    {
        var amount = Money.FromMajor(624_080.38m, Currency.Get("NGN"));
        var day = new DateOnly(2026, 3, 1);
        routes.Get("user/payoff-quote/{loan-application-id}", services.GetRequiredService<QuotePayoff>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "What closes a loan on a day")
            .Takes(QuotePayoff.QueryFields)
            .Answers(PayoffQuoteView.Example)
            .Refuses(Refusals.NotFound("loan application"), Refusals.QuoteDateOutOfRange(day, day.AddDays(366)));
        routes.Post("user/payoff-loan", services.GetRequiredService<PayoffLoan>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Pay off a loan")
            .Reads(PayoffLoan.Fields)
            .Answers(PayoffAnswer.Example)
            .Refuses(
                Refusals.NotFound("loan application"), Refusals.LoanClosed(), Refusals.ManualRepaymentNotAllowed(),
                Refusals.PaymentMethodNotAvailable("WALLET"), Refusals.NothingToPayOff(amount),
                Refusals.PayoffAmountInvalid(amount));
    }
}
