using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A bank statement and what became of its entries.</summary>
public sealed record StatementModel(BankStatementDetails Details, EntryState? State, Page<StatementEntry> Entries);

/// <summary>Shows a bank statement; takes or discards a held one, and undoes the decision on an entry.</summary>
internal static class StatementPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("statementId");
        var state = call.QueryWord<EntryState>("state");
        var details = call.Api.Statements.GetAsync(id, call.Cancelled);
        var entries = await call.Api.Statements.GetEntryPageAsync(id, call.Position, 25, state, call.Cancelled);
        var model = new StatementModel(await details, state, entries);
        return PageAnswer.Show<StatementView, StatementModel>("Bank statement", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (id, form, statements) = (call.Id("statementId"), call.Form, call.Api.Statements);
        switch (form.Act)
        {
            case "confirm":
                await statements.ConfirmAsync(id, form.Key, call.Cancelled);
                break;
            case "discard":
                await statements.DiscardAsync(id, form.Key, call.Cancelled);
                break;
            case "undo":
                var entry = form.Chosen("entry");
                var reason = form.Required("reason", "Say why.");
                form.ThrowIfWrong();
                var undone = await statements.UndoAsync(entry, reason, form.Key, call.Cancelled);
                return PageAnswer.Go(
                    $"/office/statements/{id}?done={(undone.AwaitedApproval is null ? "ok" : "second")}"
                );
            default:
                throw new PageMissingException();
        }

        return PageAnswer.Go($"/office/statements/{id}?done=ok");
    }
}
