using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Loans;

/// <summary>Loans as customers and officers see them, and what managers do to them.</summary>
public static class LoansFeature
{
    private const string Tag = "Loans";
    private const string OfficersTag = "Back office: loans";

    public static void AddLoans(this IServiceCollection services)
    {
        services.AddSingleton<LoanChanges>();
        services.AddSingleton<CustomerLoansReading>();
        services.AddSingleton<GetLoanDetails>();
        services.AddSingleton<ListActiveLoans>();
        services.AddSingleton<GetLoanTotals>();
        services.AddSingleton<ApplyCharge>();
        services.AddSingleton<ListCharges>();
        services.AddSingleton<WaiveDebt>();
        services.AddSingleton<ListActs>();
        services.AddSingleton<UndoAct>();
        services.AddSingleton<RefundOverpayment>();
        services.AddSingleton<WriteOffLoan>();
        services.AddSingleton<SetThirdPartyCollection>();
    }

    public static void MapLoans(this ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Get(
                "user/loan-details-with-payment-history/{loan-application-id}",
                services.GetRequiredService<GetLoanDetails>().HandleAsync
            )
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.LoansRead)
            .Described(Tag, "Show a loan with the history of its installments")
            .Answers(LoanExamples.Detailed)
            .Refuses(Refusals.NotFound("loan application"), Refusals.LoanNotDisbursed("APPROVED"));
        routes
            .Get("user/manage-loans/{customerId}", services.GetRequiredService<ListActiveLoans>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.LoansRead)
            .Described(Tag, "List the loans that a customer is paying back")
            .Answers<IReadOnlyList<LoanView>>([LoanExamples.Listed])
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes
            .Get("user/get-total/{customerId}", services.GetRequiredService<GetLoanTotals>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.LoansRead)
            .Described(Tag, "Add up what a customer borrowed, paid and owes")
            .Answers(LoanExamples.Totals)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes
            .Get(
                "user/loan-charges/{loan-application-id}",
                services.GetRequiredService<ListCharges>().HandleForCustomerAsync
            )
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.LoansRead)
            .Described(Tag, "List the fees and penalties of a loan with their reasons")
            .Answers<IReadOnlyList<LoanChargeView>>([LoanChargeView.Example])
            .Refuses(Refusals.NotFound("loan application"));
        MapAdministration(routes, services);
        MapServicing(routes, services);
        MapUndoing(routes, services);
    }

    private static void MapAdministration(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Post("admin/loans/{accountId}/charges", services.GetRequiredService<ApplyCharge>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.LoansWrite)
            .Described(OfficersTag, "Charge a fee or a penalty")
            .Reads(ApplyCharge.Fields)
            .Answers(AppliedCharge.Example)
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.ChargeAmountOutOfRange(AppliedCharge.Example.Amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

        routes
            .Put(
                "admin/loans/{accountId}/third-party-collection",
                services.GetRequiredService<SetThirdPartyCollection>().HandleAsync
            )
            .For(Access.Manager)
            .Scoped(Scopes.LoansWrite)
            .Described(OfficersTag, "Hand collection to a third party, or take it back")
            .Reads(SetThirdPartyCollection.Fields)
            .Answers(ThirdPartyCollection.Example)
            .Refuses(Refusals.NotFound("loan account"), Refusals.CollectorMissing());
    }

    private static void MapServicing(ApiRoutes routes, IServiceProvider services)
    {
        var amount = new Money(150_000, Currency.Get("NGN"));
        routes
            .Get("admin/loans/{accountId}/charges", services.GetRequiredService<ListCharges>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.LoansRead)
            .Described(OfficersTag, "List the fees and penalties of a loan")
            .Answers<IReadOnlyList<ListedCharge>>([ListedCharge.Example])
            .Refuses(Refusals.NotFound("loan account"));
        routes
            .Put("admin/loans/{accountId}/waive", services.GetRequiredService<WaiveDebt>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.LoansWrite)
            .Described(OfficersTag, "Forgive what is unpaid of a charge, or of interest")
            .Reads(WaiveDebt.Fields)
            .Answers(AppliedWaiver.Example)
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.ChargeIdMissing(),
                Refusals.LoanNotRunning(),
                Refusals.WaiverNotAvailable(),
                Refusals.NotFound("charge"),
                Refusals.NothingToWaive(),
                Refusals.WaiverAmountOutOfRange(amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );
        routes
            .Put(
                "admin/loans/{accountId}/refund-overpayment",
                services.GetRequiredService<RefundOverpayment>().HandleAsync
            )
            .For(Access.Manager)
            .Scoped(Scopes.LoansWrite)
            .Described(OfficersTag, "Refund what was overpaid to the customer's wallet")
            .Reads(RefundOverpayment.Fields)
            .Answers(RefundedOverpayment.Example)
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.NothingOverpaid(),
                Refusals.RefundAmountOutOfRange(amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );
        routes
            .Put("admin/loans/{accountId}/write-off", services.GetRequiredService<WriteOffLoan>().HandleAsync)
            .For(Access.Manager)
            .ClosedToApiTokens()
            .Described(OfficersTag, "Write a loan off")
            .Reads(WriteOffLoan.Fields)
            .Answers(WrittenOffLoan.Example)
            .Refuses(Refusals.NotFound("loan account"), Refusals.LoanNotRunning(), Refusals.SecondOfficerRequired());
    }

    private static void MapUndoing(ApiRoutes routes, IServiceProvider services)
    {
        var amount = new Money(150_000, Currency.Get("NGN"));
        routes
            .Get("admin/loans/{accountId}/acts", services.GetRequiredService<ListActs>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.LoansRead)
            .Described(OfficersTag, "List the charges, waivers, refunds and write-offs of a loan, newest first")
            .Answers<IReadOnlyList<ListedAct>>([ListedAct.Example])
            .Refuses(Refusals.NotFound("loan account"));
        routes
            .Put("admin/loans/{accountId}/acts/{actId}/undo", services.GetRequiredService<UndoAct>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.LoansWrite)
            .Described(OfficersTag, "Undo a charge, a waiver, a refund or a write-off")
            .Reads(UndoAct.Fields)
            .Answers(UndoneAct.Example)
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.NotFound("act"),
                Refusals.AlreadyUndone(),
                Refusals.WalletTooLowForRefund(Money.Zero(amount.Currency), amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );
    }
}
