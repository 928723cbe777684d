using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Reports;

/// <summary>Figures of the whole organisation, as of any day.</summary>
public static class ReportRoutes
{
    internal static readonly PathText Name = new("name");

    public static void MapReports(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: reports");
        officers.Get<ListReports>("admin/reports", Officer, LedgerRead);
        officers.Get<GetReport>($"admin/reports/{Name}", Officer, LedgerRead);
    }

    /// <summary>True if the role of a caller includes a report.</summary>
    internal static bool MayRead(Caller caller, Report report) => report.IsForCashiers || caller.Role == Role.Manager;
}
