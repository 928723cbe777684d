using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.Approvals;

/// <summary>Acts that await a second person.</summary>
public static class ApprovalRoutes
{
    public static void MapApprovals(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: approvals");
        officers.Get<ListApprovals>("admin/approvals", Officer, Scopes.None);
    }
}
