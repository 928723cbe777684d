using Paydown.Lending;
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
        services.AddSingleton<LoanDetails>();
        services.AddSingleton<ManageLoans>();
        services.AddSingleton<LoanTotals>();
        services.AddSingleton<ApplyCharge>();
        services.AddSingleton<SetThirdPartyCollection>();
    }

    public static void MapLoans(this ApiRoutes routes, IServiceProvider services)
    {
        routes.Get(
                "user/loan-details-with-payment-history/{loan-application-id}",
                services.GetRequiredService<LoanDetails>().HandleAsync)
            .For(Access.CustomerOrOfficer).Scoped(Scopes.LoansRead)
            .Described(Tag, "Show a loan with the history of its installments")
            .Answers(LoanExamples.Detailed)
            .Refuses(Refusals.NotFound("loan application"));
        routes.Get("user/manage-loans/{customerId}", services.GetRequiredService<ManageLoans>().HandleAsync)
            .For(Access.CustomerOrOfficer).Scoped(Scopes.LoansRead)
            .Described(Tag, "List the loans that a customer is paying back")
            .Answers<IReadOnlyList<LoanView>>([LoanExamples.Listed])
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes.Get("user/get-total/{customerId}", services.GetRequiredService<LoanTotals>().HandleAsync)
            .For(Access.CustomerOrOfficer).Scoped(Scopes.LoansRead)
            .Described(Tag, "Add up what a customer borrowed, paid and owes")
            .Answers(LoanExamples.Totals)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        MapAdministration(routes, services);
    }

    private static void MapAdministration(ApiRoutes routes, IServiceProvider services)
    {
        routes.Post("admin/loans/{accountId}/charges", services.GetRequiredService<ApplyCharge>().HandleAsync)
            .For(Access.Manager).Scoped(Scopes.LoansWrite)
            .Described(OfficersTag, "Charge a fee or a penalty")
            .Reads(ApplyCharge.Fields)
            .Answers(AppliedCharge.Example)
            .Refuses(
                Refusals.NotFound("loan account"), Refusals.LoanNotRunning(),
                Refusals.ChargeAmountOutOfRange(AppliedCharge.Example.Amount));

        routes.Put(
            "admin/loans/{accountId}/third-party-collection",
            services.GetRequiredService<SetThirdPartyCollection>().HandleAsync)
            .For(Access.Manager).Scoped(Scopes.LoansWrite)
            .Described(OfficersTag, "Hand collection to a third party, or take it back")
            .Reads(SetThirdPartyCollection.Fields)
            .Answers(ThirdPartyCollection.Example)
            .Refuses(Refusals.NotFound("loan account"), Refusals.CollectorMissing());
    }
}
