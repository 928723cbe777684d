using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The user's password.</summary>
/// <param name="IsDone">True once it is changed.</param>
public sealed record ChangePasswordModel(bool IsDone);

/// <summary>Changes the user's password, which ends the other sessions.</summary>
internal static class ChangePasswordPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) =>
        Task.FromResult(
            PageAnswer.Show<ChangePasswordView, ChangePasswordModel>("Password", new(call.Query("done") is not null))
        );

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var (current, wanted) = (form.Secret("currentPassword"), form.Secret("newPassword"));
        if (current.Length == 0)
            form.Refuse("currentPassword", "Enter your current password.");
        if (wanted != form.Secret("again"))
            form.Refuse("again", "This is not the same password.");
        form.ThrowIfWrong();
        await call.Api.Account.ChangePasswordAsync(current, wanted, form.Key, call.Cancelled);
        return PageAnswer.Go("/me/password?done=1");
    }
}
