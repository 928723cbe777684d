using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>All reports.</summary>
public sealed record ReportsModel(IReadOnlyList<ReportDescription> Reports);

/// <summary>Lists the reports.</summary>
internal static class ReportsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var reports = await call.Api.Reports.ListAsync(call.Cancelled);
        return PageAnswer.Show<ReportsView, ReportsModel>("Reports", new(reports));
    }
}
