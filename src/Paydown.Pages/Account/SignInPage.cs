using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Account;

/// <summary>What the page of the sign-in shows.</summary>
/// <param name="Next">The page that was asked for before; empty for the start.</param>
/// <param name="NeedsCode">True if the user has a second factor.</param>
/// <param name="Notice">What has just been done; null for nothing.</param>
public sealed record SignInModel(string Next, bool NeedsCode, string? Notice);

/// <summary>Signs a browser in.</summary>
internal static class SignInPage
{
    private const string CodeField = "secondFactorCode";

    public static Task<PageAnswer> ShowAsync(PageCall call)
    {
        if (call.User is { } user && !call.Form.IsPosted)
            return Task.FromResult(PageAnswer.Go(StartOf(user.Role)));
        var notice = call.Query("done") switch
        {
            "registered" => "You are registered. Sign in with your e-mail address and your password.",
            "password" => "Your new password is set. Sign in with it.",
            "signed-out" => "You are signed out.",
            _ => null,
        };
        var model = new SignInModel(NextOf(call), call.Form.TextOrNull("needs-code") is not null, notice);
        return Task.FromResult(PageAnswer.Show<SignInView, SignInModel>("Sign in", model));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var email = form.Required("email", "Enter your e-mail address.");
        var password = form.Secret("currentPassword");
        if (password.Length == 0)
            form.Refuse("currentPassword", "Enter your password.");
        form.ThrowIfWrong();
        // A sign-in must not act as the user of an earlier one.
        using var api = call.Host.CreateClient(call.Http, user: null);
        SignedInUser user;
        try
        {
            user = form.TextOrNull(CodeField) is { } code
                ? await api.SignIn.SignInAsync(email, password, code, organisationId: null, call.Cancelled)
                : await api.SignIn.SignInAsync(email, password, call.Cancelled);
        }
        catch (PaydownRefusedException refused) when (refused.Code == "SECOND_FACTOR_REQUIRED")
        {
            var model = new SignInModel(NextOf(call), NeedsCode: true, Notice: null);
            return PageAnswer.Show<SignInView, SignInModel>("Sign in", model);
        }

        await call.BeginSessionAsync(api.SignIn.Session!.AccessToken);
        var next = NextOf(call);
        return PageAnswer.Go(next.Length > 0 ? next : StartOf(user.Role));
    }

    private static string StartOf(UserRole role) =>
        role switch
        {
            UserRole.Customer => "/home",
            UserRole.Agent => "/me",
            _ => "/office",
        };

    private static string StartOf(PageAccess role) =>
        role switch
        {
            PageAccess.Borrower => "/home",
            PageAccess.Agent => "/me",
            _ => "/office",
        };

    private static string NextOf(PageCall call) => OwnAddress.Of(call.Form.TextOrNull("next") ?? call.Query("next"));
}
