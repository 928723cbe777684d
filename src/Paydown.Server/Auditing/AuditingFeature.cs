using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Auditing;

/// <summary>The reading of the audit trail. The check of the books is a command: <c>paydown audit</c>.</summary>
public static class AuditingFeature
{
    public static void AddAuditing(this IServiceCollection services) => services.AddSingleton<ListAuditEntries>();

    public static void MapAuditing(this ApiRoutes routes, IServiceProvider services) =>
        routes
            .Get("admin/audit", services.GetRequiredService<ListAuditEntries>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.AuditRead)
            .Described("Back office: audit trail", "List who did what, newest first")
            .Takes(ListAuditEntries.QueryFields)
            .Answers<IReadOnlyList<AuditEntryView>>([AuditEntryView.Example], paged: true)
            .PagedBy(PageKeyPart.Instant, PageKeyPart.Id);
}
