using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>An act on a loan that can be undone.</summary>
public sealed record UndoActModel(LoanDetails Loan, ListedAct Act);

/// <summary>Undoes an act on a loan.</summary>
internal static class UndoActPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var (id, actId) = (call.Id("accountId"), call.Id("actId"));
        var loan = await call.Api.Loans.GetAsync(id, call.Cancelled);
        var acts = await call.Api.Officers.GetActsAsync(id, call.Cancelled);
        var act = acts.FirstOrDefault(one => one.Id == actId) ?? throw new PageMissingException();
        return PageAnswer.Show<UndoActView, UndoActModel>("Undo an act", new(loan, act));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (id, actId) = (call.Id("accountId"), call.Id("actId"));
        var reason = call.Form.Required("reason", "Say why.");
        call.Form.ThrowIfWrong();
        var undone = await call.Api.Officers.UndoActAsync(id, actId, reason, call.Form.Key, call.Cancelled);
        return PageAnswer.Go($"/office/loans/{id}?done={(undone.AwaitedApproval is null ? "ok" : "second")}");
    }
}
