using Paydown.Pages.Office;
using Paydown.Pages.Web;
using static Paydown.Pages.Web.PageAccess;

namespace Paydown.Pages.Office;

/// <summary>The pages for officers.</summary>
internal static class OfficePages
{
    // A statement of a busy month. The API states its own limit, which is lower for some formats.
    private const int StatementBytesMax = 100 * 1024 * 1024;

    public static IReadOnlyList<PageRoute> All { get; } =
    [
        new("/office", Officer, TodayPage.ShowAsync),
        new("/office/approvals", Officer, ApprovalsPage.ShowAsync),
        new("/office/repayments", Officer, OfficeRepaymentsPage.ShowAsync),
        new("/office/repayments/{repaymentId}", Officer, OfficeRepaymentPage.ShowAsync, OfficeRepaymentPage.PostAsync),
        new("/office/money", Officer, MoneyPage.ShowAsync),
        new("/office/money/{entryId}", Officer, BankEntryPage.ShowAsync, BankEntryPage.PostAsync),
        new("/office/statements", Officer, StatementsPage.ShowAsync, StatementsPage.PostAsync)
        {
            FormBytesMax = StatementBytesMax,
        },
        new("/office/statements/accounts/{collectionAccountId}", Officer, ReconciliationPage.ShowAsync),
        new("/office/statements/{statementId}", Officer, StatementPage.ShowAsync, StatementPage.PostAsync),
        new("/office/loans", Officer, OfficeLoansPage.ShowAsync),
        new("/office/loans/{accountId}", Officer, OfficeLoanPage.ShowAsync),
        new("/office/loans/{accountId}/record", Officer, RecordPage.ShowAsync, RecordPage.PostAsync),
        new("/office/loans/{accountId}/history", Officer, OfficeHistoryPage.ShowAsync),
        new("/office/loans/{accountId}/interest", Officer, InterestPage.ShowAsync),
        new("/office/loans/{accountId}/acts/{actId}", Manager, UndoActPage.ShowAsync, UndoActPage.PostAsync),
        new("/office/loans/{accountId}/{act}", Manager, LoanActPage.ShowAsync, LoanActPage.PostAsync),
        new("/office/applications", Officer, OfficeApplicationsPage.ShowAsync),
        new(
            "/office/applications/{applicationId}",
            Officer,
            OfficeApplicationPage.ShowAsync,
            OfficeApplicationPage.PostAsync
        ),
        new("/office/customers", Officer, CustomersPage.ShowAsync),
        new("/office/customers/{customerId}", Officer, CustomerPage.ShowAsync, CustomerPage.PostAsync),
        new("/office/reports", Officer, ReportsPage.ShowAsync),
        new("/office/reports/{name}", Officer, OfficeReportPage.ShowAsync),
        new("/office/ledger", Manager, LedgerPage.ShowAsync),
        new("/office/ledger/{account}", Manager, PostingsPage.ShowAsync),
        new("/office/settings", Manager, SettingsPage.ShowAsync),
        new("/office/settings/organisation", Manager, OrganisationPage.ShowAsync, OrganisationPage.PostAsync),
        new("/office/settings/end-of-day", Manager, EndOfDayPage.ShowAsync, EndOfDayPage.PostAsync),
        new("/office/settings/staff", Manager, StaffPage.ShowAsync, StaffPage.PostAsync),
        new("/office/settings/products", Manager, OfficeProductsPage.ShowAsync),
        new("/office/settings/products/new", Manager, OfficeProductPage.ShowAsync, OfficeProductPage.PostAsync)
        {
            FormBytesMax = OfficeProductPage.FormBytesMax,
        },
        new("/office/settings/products/{productId}", Manager, OfficeProductPage.ShowAsync, OfficeProductPage.PostAsync)
        {
            FormBytesMax = OfficeProductPage.FormBytesMax,
        },
        new("/office/settings/tokens", Manager, TokensPage.ShowAsync, TokensPage.PostAsync),
        new("/office/settings/webhooks", Manager, WebhooksPage.ShowAsync, WebhooksPage.PostAsync),
        new("/office/settings/webhooks/{webhookId}", Manager, WebhookPage.ShowAsync, WebhookPage.PostAsync),
        new("/office/settings/messages", Manager, MessagesPage.ShowAsync, MessagesPage.PostAsync),
        new("/office/settings/audit", Manager, AuditPage.ShowAsync),
    ];
}
