using Paydown.Pages.Web;

namespace Paydown.Pages.Account;

/// <summary>Signs a browser out, on every server at once.</summary>
internal static class SignOutPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) => Task.FromResult(PageAnswer.Go("/sign-in"));

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        await call.EndSessionAsync();
        return PageAnswer.Go("/sign-in?done=signed-out");
    }
}
