using Paydown.Lending;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Repayments;

/// <summary>Officers list the repayments of their organisation, verify, reject and reverse them.</summary>
public static class VerificationFeature
{
    private const string Tag = "Back office: repayments";

    public static void AddVerification(this IServiceCollection services)
    {
        services.AddSingleton<ListRepaymentsForOfficers>();
        services.AddSingleton<VerifyRepayment>();
        services.AddSingleton<RejectRepayment>();
        services.AddSingleton<ReverseRepayment>();
    }

    public static void MapVerification(this ApiRoutes routes, IServiceProvider services)
    {
        routes.Get("admin/repayments/list", services.GetRequiredService<ListRepaymentsForOfficers>().HandleAsync)
            .For(Access.Officer)
            .Described(Tag, "List the repayments of the organisation, newest first")
            .Takes(ListRepaymentsForOfficers.QueryFields)
            .Answers<IReadOnlyList<OfficerRepayment>>([OfficerRepayment.Example], paged: true);

        routes.Put("admin/repayments/{id}/verify", services.GetRequiredService<VerifyRepayment>().HandleAsync)
            .For(Access.Officer)
            .Described(Tag, "Confirm that a repayment has arrived")
            .Answers(DecidedRepayment.Example)
            .Refuses(
                Refusals.NotFound("repayment"), Refusals.AlreadyDecided("VERIFIED"), Refusals.SecondOfficerRequired());

        routes.Put("admin/repayments/{id}/reject", services.GetRequiredService<RejectRepayment>().HandleAsync)
            .For(Access.Officer)
            .Described(Tag, "Refuse a repayment that has not arrived")
            .Reads(RejectRepayment.Fields)
            .Answers(DecidedRepayment.Example)
            .Refuses(Refusals.NotFound("repayment"), Refusals.AlreadyDecided("VERIFIED"));

        routes.Put("admin/repayments/{id}/reverse", services.GetRequiredService<ReverseRepayment>().HandleAsync)
            .For(Access.Officer)
            .Described(Tag, "Take back a repayment that was verified")
            .Reads(ReverseRepayment.Fields)
            .Answers(DecidedRepayment.Example)
            .Refuses(
                Refusals.NotFound("repayment"), Refusals.RepaymentNotVerified(), Refusals.AlreadyDecided("REVERSED"));
    }
}
