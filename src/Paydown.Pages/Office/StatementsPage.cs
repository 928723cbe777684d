using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The bank statements, newest first.</summary>
/// <param name="Page">One page of them.</param>
/// <param name="Accounts">The bank accounts of the lender.</param>
public sealed record StatementsModel(Page<BankStatement> Page, IReadOnlyList<OwnAccount> Accounts);

/// <summary>Lists bank statements and imports one.</summary>
internal static class StatementsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var accounts = call.Api.Organisation.ListCollectionAccountsAsync(call.Cancelled);
        var page = await call.Api.Statements.GetPageAsync(call.Position, 20, cancellationToken: call.Cancelled);
        return PageAnswer.Show<StatementsView, StatementsModel>("Bank statements", new(page, await accounts));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        if (form.Files is not [{ Length: > 0 } file, ..])
        {
            form.Refuse("file", "Choose the file that you got from the bank.");
            throw new PageFormException();
        }

        var content = new byte[file.Length];
        await using (var sent = file.OpenReadStream())
            await sent.ReadExactlyAsync(content, call.Cancelled);
        Guid? account = form.TextOrNull("collectionAccountId") is null ? null : form.Chosen("collectionAccountId");
        var imported = await call.Api.Statements.ImportAsync(
            content,
            Path.GetFileName(file.FileName),
            account,
            form.Key,
            call.Cancelled
        );
        return PageAnswer.Go(
            imported.Statements is [var only] ? $"/office/statements/{only.Id}?done=ok" : "/office/statements?done=ok"
        );
    }
}
