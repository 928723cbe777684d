using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Auditing;

/// <summary>The reading of the audit trail. The check of the books is a command: <c>paydown audit</c>.</summary>
public static class AuditingRoutes
{
    public static void MapAuditing(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: audit trail");
        officers.Get<ListAuditEntries>("admin/audit", Manager, AuditRead);
    }
}
