using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Account;

/// <summary>A page that sets a password by the token of a message.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Action">Where the form is sent.</param>
/// <param name="Token">The token of the link; empty if the code of the message is to be typed.</param>
public sealed record PasswordModel(string Heading, string Action, string Token);

/// <summary>Replaces a forgotten password.</summary>
internal static class ResetPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) => NewPassword.ShowAsync(call, "Set a new password");

    public static Task<PageAnswer> PostAsync(PageCall call) =>
        NewPassword.PostAsync(
            call,
            (api, token, password) => api.Account.ResetPasswordAsync(token, password, call.Cancelled)
        );
}

/// <summary>Lets an employee accept an invitation.</summary>
internal static class InvitationPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) => NewPassword.ShowAsync(call, "Accept the invitation");

    public static Task<PageAnswer> PostAsync(PageCall call) =>
        NewPassword.PostAsync(
            call,
            (api, token, password) => api.Account.AcceptInvitationAsync(token, password, call.Cancelled)
        );
}

/// <summary>What both pages share.</summary>
internal static class NewPassword
{
    public static Task<PageAnswer> ShowAsync(PageCall call, string heading)
    {
        var model = new PasswordModel(
            heading,
            call.Route.Path,
            call.Form.TextOrNull("token") ?? call.Query("token") ?? ""
        );
        return Task.FromResult(PageAnswer.Show<PasswordView, PasswordModel>(heading, model));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call, Func<PaydownClient, string, string, Task> set)
    {
        var form = call.Form;
        var (token, password) = (form.Required("token", "Enter the code of the message."), form.Secret("password"));
        if (password.Length == 0)
            form.Refuse("password", "Enter a password.");
        else if (password != form.Secret("confirmPassword"))
            form.Refuse("confirmPassword", "This is not the same password.");
        form.ThrowIfWrong();
        using var api = call.Host.CreateClient(call.Http, user: null);
        await set(api, token, password);
        return PageAnswer.Go("/sign-in?done=password");
    }
}
