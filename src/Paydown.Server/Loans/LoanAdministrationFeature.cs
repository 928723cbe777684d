using Paydown.Lending;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Loans;

/// <summary>Managers charge loans and hand their collection to third parties.</summary>
public static class LoanAdministrationFeature
{
    private const string Tag = "Back office: loans";

    public static void AddLoanAdministration(this IServiceCollection services)
    {
        services.AddSingleton<LoanChanges>();
        services.AddSingleton<ApplyCharge>();
        services.AddSingleton<SetThirdPartyCollection>();
    }

    public static void MapLoanAdministration(this ApiRoutes routes, IServiceProvider services)
    {
        routes.Post("admin/loans/{accountId}/charges", services.GetRequiredService<ApplyCharge>().HandleAsync)
            .For(Access.Manager)
            .Described(Tag, "Charge a fee or a penalty")
            .Reads(ApplyCharge.Fields)
            .Answers(AppliedCharge.Example)
            .Refuses(
                Refusals.NotFound("loan account"), Refusals.LoanNotRunning(),
                Refusals.ChargeAmountOutOfRange(AppliedCharge.Example.Amount));

        routes.Put(
            "admin/loans/{accountId}/third-party-collection",
            services.GetRequiredService<SetThirdPartyCollection>().HandleAsync)
            .For(Access.Manager)
            .Described(Tag, "Hand collection to a third party, or take it back")
            .Reads(SetThirdPartyCollection.Fields)
            .Answers(ThirdPartyCollection.Example)
            .Refuses(Refusals.NotFound("loan account"), Refusals.CollectorMissing());
    }
}
