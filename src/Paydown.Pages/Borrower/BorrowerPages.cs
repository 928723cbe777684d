using Paydown.Pages.Parts;
using Paydown.Pages.Web;
using static Paydown.Pages.Web.PageAccess;

namespace Paydown.Pages.Borrower;

/// <summary>The pages for borrowers.</summary>
internal static class BorrowerPages
{
    public static IReadOnlyList<PageRoute> All { get; } =
    [
        new("/home", SignedIn, HomePage.ShowAsync),
        new("/loans/{loanId}", PageAccess.Borrower, LoanPage.ShowAsync),
        new("/loans/{loanId}/history", PageAccess.Borrower, HistoryPage.ShowAsync),
        new("/loans/{loanId}/statement", PageAccess.Borrower | Officer, PaperPage.StatementAsync),
        new("/loans/{loanId}/schedule", PageAccess.Borrower | Officer, PaperPage.ScheduleAsync),
        new("/repayments/{repaymentId}/receipt", PageAccess.Borrower | Officer, PaperPage.ReceiptAsync),
        new("/applications/{applicationId}/offer", PageAccess.Borrower | Officer, PaperPage.OfferAsync),
        new("/loans/{loanId}/pay", PageAccess.Borrower, PayPage.ShowAsync),
        new("/loans/{loanId}/report", PageAccess.Borrower, ReportPage.ShowAsync, ReportPage.PostAsync),
        new("/loans/{loanId}/payoff", PageAccess.Borrower, PayoffPage.ShowAsync, PayoffPage.PostAsync),
        new("/repayments", PageAccess.Borrower, RepaymentsPage.ShowAsync),
        new("/repayments/{repaymentId}", PageAccess.Borrower, RepaymentPage.ShowAsync, RepaymentPage.PostAsync),
        new("/apply", PageAccess.Borrower, ProductsPage.ShowAsync),
        new("/apply/{productId}", PageAccess.Borrower, ApplyPage.ShowAsync, ApplyPage.PostAsync),
        new("/applications/{applicationId}", PageAccess.Borrower, ApplicationPage.ShowAsync, ApplicationPage.PostAsync),
        new("/wallet", PageAccess.Borrower, WalletPage.ShowAsync),
        new("/wallet/withdraw", PageAccess.Borrower, WithdrawPage.ShowAsync, WithdrawPage.PostAsync),
        new("/wallet/transfers/{reference}", PageAccess.Borrower, TransferPage.ShowAsync),
        new("/me", SignedIn, MePage.ShowAsync),
        new("/me/bank-accounts", PageAccess.Borrower, BankAccountsPage.ShowAsync, BankAccountsPage.PostAsync),
        new("/me/pin", PageAccess.Borrower, PinPage.ShowAsync, PinPage.PostAsync),
        new("/me/notices", PageAccess.Borrower, NoticesPage.ShowAsync, NoticesPage.PostAsync),
        new("/me/password", SignedIn, ChangePasswordPage.ShowAsync, ChangePasswordPage.PostAsync),
        new("/me/sessions", SignedIn, SessionsPage.ShowAsync, SessionsPage.PostAsync),
        new("/me/second-factor", SignedIn, SecondFactorPage.ShowAsync, SecondFactorPage.PostAsync)
        {
            SetsUpSecondFactor = true,
        },
    ];
}
