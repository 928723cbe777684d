using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The acts that wait for a second person.</summary>
public sealed record ApprovalsModel(Page<ListedApproval> Page);

/// <summary>Lists the acts that wait for a second person, the first to lapse first.</summary>
internal static class ApprovalsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var page = await call.Api.Officers.GetApprovalPageAsync(call.Position, 25, call.Cancelled);
        return PageAnswer.Show<ApprovalsView, ApprovalsModel>("Second approvals", new(page));
    }

    /// <summary>Where a second person approves an act; null if only the API can.</summary>
    public static string? AddressOf(ListedApproval approval) =>
        approval.Act switch
        {
            ActKind.ReverseRepayment => $"/office/repayments/{approval.SubjectId}",
            ActKind.DisburseLoan => $"/office/applications/{approval.SubjectId}",
            ActKind.UndoAct => $"/office/loans/{approval.AccountId}/acts/{approval.SubjectId}",
            ActKind.UndoBankEntry or ActKind.IgnoreBankEntry or ActKind.ReturnPayment =>
                $"/office/money/{approval.SubjectId}",
            ActKind.ChangeOrganisation => "/office/settings/organisation",
            ActKind.ChangeLoanProduct => $"/office/settings/products/{approval.SubjectId}?change=awaited",
            _ => LoanActs.SlugOf(approval.Act) is { } slug
                ? $"/office/loans/{approval.AccountId}/{slug}?approval={approval.Id}"
                : null,
        };
}
