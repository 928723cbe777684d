using Paydown.Pages.Account;
using Paydown.Pages.Borrower;
using Paydown.Pages.Office;
using Paydown.Pages.Web;

namespace Paydown.Pages;

/// <summary>All pages.</summary>
public static class PageTable
{
    /// <summary>All pages, in the order of the menu.</summary>
    public static IReadOnlyList<PageRoute> All { get; } =
    [
        new("/sign-in", PageAccess.Anyone, SignInPage.ShowAsync, SignInPage.PostAsync),
        new("/sign-out", PageAccess.Anyone, SignOutPage.ShowAsync, SignOutPage.PostAsync),
        new("/register", PageAccess.Anyone, RegisterPage.ShowAsync, RegisterPage.PostAsync),
        new("/forgot", PageAccess.Anyone, ForgotPage.ShowAsync, ForgotPage.PostAsync),
        new("/reset", PageAccess.Anyone, ResetPage.ShowAsync, ResetPage.PostAsync),
        new("/invitation", PageAccess.Anyone, InvitationPage.ShowAsync, InvitationPage.PostAsync),
        new("/confirm-email", PageAccess.Anyone, ConfirmEmailPage.ShowAsync, ConfirmEmailPage.PostAsync),
        .. BorrowerPages.All,
        .. OfficePages.All,
    ];
}
