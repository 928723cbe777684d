using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The applications of the lender, or some of them.</summary>
public sealed record OfficeApplicationsModel(Page<OfficerApplication> Page);

/// <summary>Lists applications, newest first.</summary>
internal static class OfficeApplicationsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var status = call.QueryWord<ApplicationStatus>("status");
        var page = await call.Api.ApplicationDecisions.GetPageAsync(call.Position, 25, status, call.Cancelled);
        return PageAnswer.Show<OfficeApplicationsView, OfficeApplicationsModel>("Applications", new(page));
    }

    /// <summary>The kind of the mark that shows a band of the score.</summary>
    public static string Mark(ScoreBand band) =>
        band switch
        {
            ScoreBand.Green => "good",
            ScoreBand.Amber => "wait",
            _ => "bad",
        };
}
