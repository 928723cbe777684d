using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Wallets;

namespace Paydown.Server.Repayments;

/// <summary>
/// Repayments: reported by customers, decided by officers, listed for both; and what is still to be paid.
/// </summary>
public static class RepaymentsFeature
{
    private const string Tag = "Repayments";
    private const string OfficersTag = "Back office: repayments";

    public static void AddRepayments(this IServiceCollection services)
    {
        services.AddSingleton<RepayLoan>();
        services.AddSingleton<ListCustomerRepayments>();
        services.AddSingleton<GetRepaymentInstructions>();
        services.AddSingleton<ListPendingRepayments>();
        services.AddSingleton<ListRepaidTransactions>();
        services.AddSingleton<GetPayoffQuote>();
        services.AddSingleton<PayoffLoan>();
        services.AddSingleton<ListRepaymentsForOfficers>();
        services.AddSingleton<VerifyRepayment>();
        services.AddSingleton<RejectRepayment>();
        services.AddSingleton<ReverseRepayment>();
        services.AddSingleton<RecordRepayment>();
        services.AddSingleton<GetRepayment>();
        services.AddSingleton<WithdrawRepayment>();
    }

    public static void MapRepayments(this ApiRoutes routes, IServiceProvider services)
    {
        MapReports(routes, services);
        MapReads(routes, services);
        MapRecords(routes, services);
        MapDecisions(routes, services);
    }

    private static void MapReports(ApiRoutes routes, IServiceProvider services)
    {
        var naira = Currency.Get("NGN");
        routes
            .Post("user/repay-loan/{user-id}", services.GetRequiredService<RepayLoan>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Report a repayment already sent by bank transfer")
            .Reads(RepayLoan.Fields)
            .Answers(RepaymentRecorded.Example)
            .Refuses(
                Refusals.CustomerMismatch(),
                Refusals.LoanNotFound(),
                Refusals.LoanApplicationMissing(),
                Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed(),
                Refusals.InvalidAmount(new Money(5_000_000, naira), Money.Zero(naira)),
                Refusals.BankAccountMismatch()
            );

        routes
            .Put("user/repayments/{id}/withdraw", services.GetRequiredService<WithdrawRepayment>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Withdraw a mistaken report that nobody has approved yet")
            .Answers(WithdrawnRepayment.Example)
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.AlreadyDecided("VERIFIED"),
                Refusals.CannotWithdraw("An officer has already approved this repayment")
            );

        routes
            .Get(
                "user/list-customer-repayments/{customer-id}",
                services.GetRequiredService<ListCustomerRepayments>().HandleAsync
            )
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.RepaymentsRead)
            .Described(Tag, "All repayments of a customer, newest first")
            .Takes(ListCustomerRepayments.QueryFields)
            .Answers<IReadOnlyList<CustomerRepayment>>([CustomerRepayment.Example], paged: true)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
    }

    private static void MapReads(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Get(
                "user/repayment-instructions/{loan-application-id}",
                services.GetRequiredService<GetRepaymentInstructions>().HandleAsync
            )
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.LoansRead)
            .Described(Tag, "How to pay: amount, account and reference")
            .Answers(InstructionsView.Example)
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.LoanNotDisbursed("APPROVED"),
                Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed()
            );
        routes
            .Get("user/pending-repayments/{user-id}", services.GetRequiredService<ListPendingRepayments>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.LoansRead)
            .Described(Tag, "Installments still to be paid, earliest due first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<PendingInstallment>>([PendingInstallment.Example], paged: true)
            .PagedBy(PageKeyPart.Date, PageKeyPart.Id, PageKeyPart.Number)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes
            .Get(
                "user/repaid-transactions/{user-id}",
                services.GetRequiredService<ListRepaidTransactions>().HandleAsync
            )
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.RepaymentsRead)
            .Described(Tag, "Completed repayments, newest first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<RepaidTransaction>>([RepaidTransaction.Example], paged: true)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        MapPayoff(routes, services);
    }

    private static void MapRecords(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Post("admin/repayments", services.GetRequiredService<RecordRepayment>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.RepaymentsRecord)
            .Described(OfficersTag, "Record a repayment that nobody reported")
            .Reads(RecordRepayment.Fields)
            .Answers(RepaymentDetails.Example)
            .Refuses(Refusals.NotFound("loan account"), Refusals.LoanNotDisbursed(), Refusals.PayerAccountMismatch());
        routes
            .Get("admin/repayments/{id}", services.GetRequiredService<GetRepayment>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.RepaymentsRead)
            .Described(OfficersTag, "One repayment with all that was reported, decided and allocated")
            .Answers(RepaymentDetails.Example)
            .Refuses(Refusals.NotFound("repayment"));
    }

    private static void MapDecisions(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Get("admin/repayments/list", services.GetRequiredService<ListRepaymentsForOfficers>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.RepaymentsRead)
            .Described(OfficersTag, "List the repayments of the organisation, or find some of them")
            .Takes(ListRepaymentsForOfficers.QueryFields)
            .Answers<IReadOnlyList<OfficerRepayment>>([OfficerRepayment.Example], paged: true)
            .PagedBy(PageKeyPart.Instant, PageKeyPart.Id);

        routes
            .Put("admin/repayments/{id}/verify", services.GetRequiredService<VerifyRepayment>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.RepaymentsVerify)
            .Described(OfficersTag, "Confirm that a repayment has arrived, and correct its amount or date")
            .Reads(VerifyRepayment.Fields)
            .Answers(DecidedRepayment.Example)
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.AlreadyDecided("VERIFIED"),
                Refusals.RecorderCannotVerify(),
                Refusals.PaymentDateAhead(new DateOnly(2026, 2, 1)),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

        routes
            .Put("admin/repayments/{id}/reject", services.GetRequiredService<RejectRepayment>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.RepaymentsVerify)
            .Described(OfficersTag, "Refuse a repayment that has not arrived")
            .Reads(RejectRepayment.Fields)
            .Answers(DecidedRepayment.Example)
            .Refuses(Refusals.NotFound("repayment"), Refusals.AlreadyDecided("VERIFIED"));

        routes
            .Put("admin/repayments/{id}/reverse", services.GetRequiredService<ReverseRepayment>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.RepaymentsVerify)
            .Described(OfficersTag, "Take back a repayment that was verified")
            .Reads(ReverseRepayment.Fields)
            .Answers(DecidedRepayment.Example)
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.RepaymentNotVerified(),
                Refusals.AlreadyDecided("REVERSED"),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );
    }

    private static void MapPayoff(ApiRoutes routes, IServiceProvider services)
    {
        var amount = Money.FromMajor(624_080.38m, Currency.Get("NGN"));
        var day = new DateOnly(2026, 3, 1);
        routes
            .Get("user/payoff-quote/{loan-application-id}", services.GetRequiredService<GetPayoffQuote>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.LoansRead)
            .Described(Tag, "What closes a loan on a day")
            .Takes(GetPayoffQuote.QueryFields)
            .Answers(PayoffQuoteView.Example)
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.LoanNotDisbursed("APPROVED"),
                Refusals.QuoteDateOutOfRange(day, day.AddDays(366))
            );
        routes
            .Post("user/payoff-loan", services.GetRequiredService<PayoffLoan>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Pay off a loan")
            .Reads(PayoffLoan.Fields)
            .Answers(PayoffAnswer.Example)
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.LoanNotDisbursed("APPROVED"),
                Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed(),
                Refusals.PaymentMethodNotAvailable("CARD"),
                Refusals.RepaymentsPending(amount),
                Refusals.NothingToPayOff(amount),
                Refusals.PayoffAmountInvalid(amount),
                Refusals.WalletTooLow(Money.Zero(amount.Currency), amount),
                Refusals.TransactionPinRequired(),
                Refusals.TransactionPinNotSet(),
                TransactionPins.Wrong,
                TransactionPins.Locked(900)
            );
    }
}
