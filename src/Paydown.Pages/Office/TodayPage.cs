using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>What waits, and since when.</summary>
/// <param name="Reports">The oldest reports that wait for verification, with the number of all.</param>
/// <param name="Approvals">The acts that wait for a second person.</param>
/// <param name="Applications">The applications that wait for a decision.</param>
/// <param name="Accepted">The accepted offers that wait for the payout.</param>
/// <param name="Unidentified">The money that nobody has identified, by currency.</param>
public sealed record TodayModel(
    Page<OfficerRepayment> Reports,
    Page<ListedApproval> Approvals,
    Page<OfficerApplication> Applications,
    Page<OfficerApplication> Accepted,
    IReadOnlyList<UnmatchedTotal> Unidentified
);

/// <summary>
/// Shows officers what waits. Each count comes from an index, so it costs the same with a million loans.
/// </summary>
internal static class TodayPage
{
    /// <summary>The reports that the picture of ages is drawn from.</summary>
    public const int ReportsMax = 50;

    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var (api, cancelled) = (call.Api, call.Cancelled);
        var pending = new OfficerRepaymentFilter
        {
            Status = VerificationStatus.PendingVerification,
            OldestFirst = true,
        };
        var reports = api.Officers.GetRepaymentPageAsync(1, ReportsMax, pending, cancelled);
        var approvals = api.Officers.GetApprovalPageAsync(1, 5, cancelled);
        var requested = api.ApplicationDecisions.GetPageAsync(1, 5, ApplicationStatus.Requested, cancelled);
        var accepted = api.ApplicationDecisions.GetPageAsync(1, 5, ApplicationStatus.Accepted, cancelled);
        var unidentified = await api.Statements.SumUnmatchedAsync(cancelled);
        var model = new TodayModel(await reports, await approvals, await requested, await accepted, unidentified);
        return PageAnswer.Show<TodayView, TodayModel>("Today", model);
    }
}
