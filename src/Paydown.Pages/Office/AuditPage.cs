using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The audit trail, newest first.</summary>
public sealed record AuditModel(Page<AuditEntry> Page);

/// <summary>Shows who did what.</summary>
internal static class AuditPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var filter = new AuditFilter
        {
            Action = call.Query("action"),
            SubjectId = Guid.TryParse(call.Query("subject"), out var subject) ? subject : null,
            From = call.QueryDay("from"),
            To = call.QueryDay("to"),
        };
        var page = await call.Api.Administration.GetAuditPageAsync(call.Position, 50, filter, call.Cancelled);
        return PageAnswer.Show<AuditView, AuditModel>("Audit trail", new(page));
    }
}
