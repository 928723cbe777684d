using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Approvals;

/// <summary>What waits for a second person.</summary>
public static class ApprovalsFeature
{
    public static void AddApprovals(this IServiceCollection services) => services.AddSingleton<ListApprovals>();

    public static void MapApprovals(this ApiRoutes routes, IServiceProvider services) =>
        routes
            .Get("admin/approvals", services.GetRequiredService<ListApprovals>().HandleAsync)
            .For(Access.Officer)
            .ClosedToApiTokens()
            .Described(
                "Back office: approvals",
                "List the acts that wait for a second person, the first to lapse first"
            )
            .Takes(Paging.Fields)
            .PagedBy(PageKeyPart.Instant, PageKeyPart.Id)
            .Answers<IReadOnlyList<ListedApproval>>([ListedApproval.Example], paged: true);
}
