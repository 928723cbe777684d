using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The user's second factor.</summary>
/// <param name="Factor">How it stands.</param>
/// <param name="New">What the authenticator app needs, right after the set-up began; otherwise null.</param>
/// <param name="Codes">The recovery codes, right after it was turned on; otherwise null.</param>
public sealed record SecondFactorModel(SecondFactor Factor, NewSecondFactor? New, IReadOnlyList<string>? Codes);

/// <summary>Turns the second factor on and off.</summary>
internal static class SecondFactorPage
{
    private const string Title = "Second factor";

    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        // A wrong code is corrected beside the same secret.
        var again = call.Form.TextOrNull("secret") is { } secret
            ? new NewSecondFactor { Secret = secret, Address = call.Form.TextOrNull("address") }
            : null;
        return Show(new(await call.Api.Account.GetSecondFactorAsync(call.Cancelled), again, null));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (form, account) = (call.Form, call.Api.Account);
        switch (form.Act)
        {
            case "begin":
                var password = Password(form);
                var made = await account.SetUpSecondFactorAsync(password, form.Key, call.Cancelled);
                return Show(new(await account.GetSecondFactorAsync(call.Cancelled), made, null));
            case "confirm":
                var code = form.Required("code", "Enter the six digits that the app shows.");
                form.ThrowIfWrong();
                var codes = await account.ConfirmSecondFactorAsync(code, form.Key, call.Cancelled);
                await call.RenewSessionAsync();
                return Show(new(await account.GetSecondFactorAsync(call.Cancelled), null, codes.Codes));
            case "renew":
                var renewed = await account.RenewRecoveryCodesAsync(Password(form), form.Key, call.Cancelled);
                return Show(new(await account.GetSecondFactorAsync(call.Cancelled), null, renewed.Codes));
            case "remove":
                await account.RemoveSecondFactorAsync(Password(form), form.Key, call.Cancelled);
                return PageAnswer.Go("/me/second-factor");
            default:
                throw new PageMissingException();
        }
    }

    private static string Password(PageForm form)
    {
        if (form.Secret("password").Length == 0)
            form.Refuse("password", "Enter your password.");
        form.ThrowIfWrong();
        return form.Secret("password");
    }

    private static PageAnswer Show(SecondFactorModel model) =>
        PageAnswer.Show<SecondFactorView, SecondFactorModel>(Title, model);
}
