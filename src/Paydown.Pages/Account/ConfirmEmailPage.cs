using Paydown.Pages.Web;

namespace Paydown.Pages.Account;

/// <summary>What the page shows.</summary>
/// <param name="Token">The token of the link; empty if the code of the message is to be typed.</param>
/// <param name="IsDone">True once the address is confirmed.</param>
public sealed record ConfirmEmailModel(string Token, bool IsDone);

/// <summary>
/// Confirms an e-mail address. Opening the link is not enough, because programs open links of messages.
/// </summary>
internal static class ConfirmEmailPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call)
    {
        var model = new ConfirmEmailModel(
            call.Form.TextOrNull("token") ?? call.Query("token") ?? "",
            call.Query("done") is not null
        );
        return Task.FromResult(
            PageAnswer.Show<ConfirmEmailView, ConfirmEmailModel>("Confirm your e-mail address", model)
        );
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var token = call.Form.Required("token", "Enter the code of the message.");
        call.Form.ThrowIfWrong();
        using var api = call.Host.CreateClient(call.Http, user: null);
        await api.Account.ConfirmEmailAsync(token, call.Cancelled);
        return PageAnswer.Go("/confirm-email?done=1");
    }
}
