using Paydown.Pages.Web;

namespace Paydown.Pages.Account;

/// <summary>What the page shows.</summary>
/// <param name="IsSent">True once the message is on its way, if anybody has the address.</param>
public sealed record ForgotModel(bool IsSent);

/// <summary>Asks for a new password. It never shows whether anybody has the e-mail address.</summary>
internal static class ForgotPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) =>
        Task.FromResult(
            PageAnswer.Show<ForgotView, ForgotModel>("Forgotten password", new(call.Query("sent") is not null))
        );

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var email = call.Form.Required("email", "Enter your e-mail address.");
        call.Form.ThrowIfWrong();
        await call.Api.Account.ForgotPasswordAsync(email, cancellationToken: call.Cancelled);
        return PageAnswer.Go("/forgot?sent=1");
    }
}
