using System.Text.Json;
using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>An act on a loan, before it is done.</summary>
/// <param name="AccountId">The loan.</param>
/// <param name="Loan">Its state.</param>
/// <param name="Slug">The last part of the act's address.</param>
/// <param name="Title">What it does.</param>
/// <param name="Explanation">What follows from it.</param>
/// <param name="HasPreview">True if the schedule after it can be seen first.</param>
/// <param name="Fields">What it takes.</param>
/// <param name="Values">The values to begin with: those that a first person approved.</param>
/// <param name="Charges">The fees and penalties that can be waived.</param>
/// <param name="Preview">The schedule before and after; null until it was asked for.</param>
/// <param name="Approval">The first approval, if this is the second one.</param>
public sealed record LoanActModel(
    Guid AccountId,
    LoanDetails Loan,
    string Slug,
    string Title,
    string Explanation,
    bool HasPreview,
    IReadOnlyList<ActField> Fields,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyList<ListedCharge> Charges,
    ChangedLoan? Preview,
    ListedApproval? Approval
);

/// <summary>Shows an act on a loan, first what it would change, then does it.</summary>
internal static class LoanActPage
{
    // The list of approvals is short; nobody looks for one behind this many.
    private const int ApprovalsMax = 200;

    public static Task<PageAnswer> ShowAsync(PageCall call) => ShowAsync(call, preview: null);

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (id, act) = (call.Id("accountId"), Find(call));
        var isPreview = call.Form.Act == "preview" && act.HasPreview;
        var outcome = await act.RunAsync(call, id, isPreview);
        if (outcome.Preview is { } preview && isPreview)
            return await ShowAsync(call, preview);
        return PageAnswer.Go($"/office/loans/{id}?done={(outcome.IsAwaited ? "second" : "ok")}");
    }

    private static LoanActForm Find(PageCall call) =>
        LoanActs.All.FirstOrDefault(act => act.Slug == call.Word("act")) ?? throw new PageMissingException();

    private static async Task<PageAnswer> ShowAsync(PageCall call, ChangedLoan? preview)
    {
        var (id, act) = (call.Id("accountId"), Find(call));
        var loan = await call.Api.Loans.GetAsync(id, call.Cancelled);
        IReadOnlyList<ListedCharge> charges = act.Fields.Any(field => field.Kind == ActFieldKind.Charge)
            ? [.. (await call.Api.Officers.GetChargesAsync(id, call.Cancelled)).Where(charge => charge.Unpaid > 0)]
            : [];
        var approval = await FindApprovalAsync(call);
        var model = new LoanActModel(
            id,
            loan,
            act.Slug,
            act.Title,
            act.Explanation,
            act.HasPreview,
            act.Fields,
            ValuesOf(approval),
            charges,
            preview,
            approval
        );
        return PageAnswer.Show<LoanActView, LoanActModel>(act.Title, model);
    }

    private static async Task<ListedApproval?> FindApprovalAsync(PageCall call)
    {
        if (!Guid.TryParse(call.Query("approval"), out var id))
            return null;
        var seen = 0;
        await foreach (var approval in call.Api.Officers.ListApprovalsAsync(call.Cancelled))
        {
            if (approval.Id == id)
                return approval;
            if (++seen == ApprovalsMax)
                break;
        }

        return null;
    }

    private static Dictionary<string, string> ValuesOf(ListedApproval? approval)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (approval is null)
            return values;
        if (approval.Terms.ValueKind == JsonValueKind.Object)
        {
            foreach (var term in approval.Terms.EnumerateObject())
                values[term.Name] = term.Value.ToString();
        }

        if (approval.Reason is { } reason)
            values["reason"] = reason;
        return values;
    }
}
