using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Auditing;

/// <summary>The audit trail. The command <c>paydown audit</c> checks the books.</summary>
public static class AuditingRoutes
{
    public static void MapAuditing(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: audit trail");
        officers.Get<ListAuditEntries>("admin/audit", Manager, AuditRead);
    }
}
