using System.Text;

namespace Paydown.Client;

/// <summary>
/// A route of the API, as docs/openapi.json names it. <see cref="Routes"/> lists them all, and a test compares the list
/// with the document.
/// </summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Version">The published version of the path.</param>
/// <param name="Path">The path below <c>services/</c>, with its parameters in braces.</param>
internal sealed record Route(HttpMethod Method, string Version, string Path)
{
    /// <summary>Whether calls need an idempotency key: writes do, except sign-in.</summary>
    public bool TakesKey => Method != HttpMethod.Get && !IsSignIn;

    /// <summary>Whether calls carry no token: sign-in and registration.</summary>
    public bool IsSignIn =>
        Path.StartsWith("securitymanagement/", StringComparison.Ordinal)
        || Path.StartsWith("usermanagement/", StringComparison.Ordinal);

    /// <summary>The address below the server, with ids for the parameters, in order.</summary>
    public string To(params ReadOnlySpan<Guid> ids)
    {
        var parts = new string[ids.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = ids[i].ToString();
        return ToNamed(parts);
    }

    /// <summary>The address below the server, with text for the parameters, in order.</summary>
    public string ToNamed(params ReadOnlySpan<string> parts)
    {
        var address = new StringBuilder($"api/{Version}/services/");
        var rest = Path.AsSpan();
        foreach (var part in parts)
        {
            var open = rest.IndexOf('{');
            address.Append(rest[..open]).Append(Uri.EscapeDataString(part));
            rest = rest[(rest.IndexOf('}') + 1)..];
        }

        return address.Append(rest).ToString();
    }
}

/// <summary>All routes the client calls.</summary>
internal static class Routes
{
    public static readonly Route Login = new(HttpMethod.Put, "v6", "securitymanagement/login");
    public static readonly Route RefreshToken = new(HttpMethod.Put, "v6", "securitymanagement/refresh-token");
    public static readonly Route Logout = new(HttpMethod.Put, "v6", "securitymanagement/logout");

    public static readonly Route RegisterCustomer = new(HttpMethod.Post, "v6", "usermanagement/register-customer");

    public static readonly Route RepaymentInstructions = Get("user/repayment-instructions/{loan-application-id}");
    public static readonly Route RepayLoan = Post("user/repay-loan/{user-id}");
    public static readonly Route GetOwnRepayment = Get("user/repayments/{id}");
    public static readonly Route WithdrawRepayment = Put("user/repayments/{id}/withdraw");
    public static readonly Route ListCustomerRepayments = Get("user/list-customer-repayments/{customer-id}");
    public static readonly Route PendingRepayments = Get("user/pending-repayments/{user-id}");
    public static readonly Route RepaidTransactions = Get("user/repaid-transactions/{user-id}");
    public static readonly Route PayoffQuote = Get("user/payoff-quote/{loan-application-id}");
    public static readonly Route PayoffLoan = Post("user/payoff-loan");

    public static readonly Route LoanDetails = Get("user/loan-details-with-payment-history/{loan-application-id}");
    public static readonly Route ListActiveLoans = Get("user/manage-loans/{customerId}");
    public static readonly Route LoanHistory = Get("user/get-loan-history/{customerId}");
    public static readonly Route LoanTotals = Get("user/get-total/{customerId}");

    public static readonly Route RequestLoan = new(HttpMethod.Post, "v6", "user/request-loan");
    public static readonly Route ApplicationDetails = Get("user/loan-application-details/{loan-application-id}");
    public static readonly Route LoanOffers = Get("user/get-loan-offer");
    public static readonly Route AcceptOffer = Put("user/accept-loan-offer/{loanApplicationId}/accept");
    public static readonly Route RejectOffer = Put("user/accept-loan-offer/{loanApplicationId}/reject");
    public static readonly Route UpdateApplication = Put("user/update-application/{loan-application-id}");
    public static readonly Route AcceptTerms = Put("user/accept-terms-and-conditions/{loanApplicationId}");
    public static readonly Route CancelApplication = Put("user/cancel-application/{loanApplicationId}");

    public static readonly Route OfficersApplication = new(HttpMethod.Get, "v6", "admin/loan-application/{id}");
    public static readonly Route OfficersApplications = new(HttpMethod.Get, "v6", "admin/loan-applications");
    public static readonly Route ApproveApplication = Decide("approve");
    public static readonly Route RejectApplication = Decide("reject");
    public static readonly Route SendOffer = Decide("send-offer");
    public static readonly Route DisburseLoan = Decide("disburse");
    public static readonly Route CancelForOfficer = Decide("cancel");

    public static readonly Route CreateBankAccount = Post("user/create-bank-account");
    public static readonly Route ViewBankAccount = Get("user/view-bank-account/{account-id}");
    public static readonly Route ListBankAccounts = Get("user/list-customer-bank-accounts/{customerId}");

    public static readonly Route CustomerProfile = Get("user/profile/{customerId}");

    public static readonly Route ListBanks = Get("user/get-available-banks");
    public static readonly Route VerifyBankAccount = Get("user/verify-bank-account/{bankCode}/{accountNumber}");

    public static readonly Route ShowWallet = Get("user/wallet/{customerId}");
    public static readonly Route WalletHistory = Get("user/wallet-history/{customerId}");
    public static readonly Route TransferFunds = Post("user/transfer-funds-to-bank");
    public static readonly Route CheckTransferStatus = Get("user/check-transfer-status/{transactionReference}");
    public static readonly Route TransferHistory = Get("user/transfer-history/{customerId}");
    public static readonly Route SetTransactionPin = new(HttpMethod.Put, "v1", "user/transaction-pin");

    public static readonly Route OfficersRepayments = new(HttpMethod.Get, "v6", "admin/repayments/list");
    public static readonly Route RecordRepayment = new(HttpMethod.Post, "v6", "admin/repayments");
    public static readonly Route GetRepayment = new(HttpMethod.Get, "v6", "admin/repayments/{id}");
    public static readonly Route VerifyRepayment = new(HttpMethod.Put, "v6", "admin/repayments/{id}/verify");
    public static readonly Route RejectRepayment = new(HttpMethod.Put, "v6", "admin/repayments/{id}/reject");
    public static readonly Route ReverseRepayment = new(HttpMethod.Put, "v6", "admin/repayments/{id}/reverse");
    public static readonly Route ApplyCharge = new(HttpMethod.Post, "v6", "admin/loans/{accountId}/charges");
    public static readonly Route ListCharges = new(HttpMethod.Get, "v6", "admin/loans/{accountId}/charges");
    public static readonly Route WaiveDebt = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/waive");
    public static readonly Route RefundOverpayment = new(
        HttpMethod.Put,
        "v6",
        "admin/loans/{accountId}/refund-overpayment"
    );
    public static readonly Route RescheduleLoan = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/reschedule");
    public static readonly Route ReAgeLoan = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/re-age");
    public static readonly Route ReAmortizeLoan = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/re-amortize");
    public static readonly Route PauseInterest = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/pause-interest");
    public static readonly Route PauseArrears = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/pause-arrears");
    public static readonly Route ResumeArrears = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/resume-arrears");
    public static readonly Route TerminateContract = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/terminate");
    public static readonly Route ChargeOffLoan = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/charge-off");
    public static readonly Route UndoDisbursement = new(
        HttpMethod.Put,
        "v6",
        "admin/loans/{accountId}/undo-disbursement"
    );
    public static readonly Route AdjustCharge = new(
        HttpMethod.Put,
        "v6",
        "admin/loans/{accountId}/charges/{chargeId}/adjust"
    );
    public static readonly Route WaiveInterest = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/waive-interest");
    public static readonly Route AccruedInterest = new(
        HttpMethod.Get,
        "v6",
        "admin/loans/{accountId}/accrued-interest"
    );
    public static readonly Route DownloadReceipt = Get("user/receipts/{repaymentId}");
    public static readonly Route DownloadStatement = Get("user/statements/{accountId}");
    public static readonly Route DownloadSchedule = Get("user/schedules/{accountId}");
    public static readonly Route DownloadOffer = Get("user/offers/{loanApplicationId}");

    public static readonly Route OfficersLoans = new(HttpMethod.Get, "v6", "admin/loans");
    public static readonly Route LoanEvents = Get("user/loans/{accountId}/history");
    public static readonly Route OfficersLoanEvents = new(HttpMethod.Get, "v6", "admin/loans/{accountId}/history");
    public static readonly Route JournalEntry = new(HttpMethod.Get, "v6", "admin/ledger/entries/{journalEntryId}");
    public static readonly Route ListActs = new(HttpMethod.Get, "v6", "admin/loans/{accountId}/acts");
    public static readonly Route UndoAct = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/acts/{actId}/undo");
    public static readonly Route LoanCharges = Get("user/loan-charges/{loan-application-id}");
    public static readonly Route RequestedApplications = Get("user/requested-applications");
    public static readonly Route WriteOffLoan = new(HttpMethod.Put, "v6", "admin/loans/{accountId}/write-off");
    public static readonly Route SetThirdPartyCollection = new(
        HttpMethod.Put,
        "v6",
        "admin/loans/{accountId}/third-party-collection"
    );

    public static readonly Route ForgotPassword = new(HttpMethod.Post, "v6", "usermanagement/forgot-password");
    public static readonly Route ResetPassword = new(HttpMethod.Post, "v6", "usermanagement/reset-password");
    public static readonly Route AcceptInvitation = new(HttpMethod.Post, "v6", "usermanagement/accept-invitation");
    public static readonly Route ConfirmEmail = new(HttpMethod.Post, "v6", "usermanagement/confirm-email");
    public static readonly Route SendEmailConfirmation = Post("user/email-confirmation");
    public static readonly Route ChangePassword = Put("user/password");
    public static readonly Route ListSessions = Get("user/sessions");
    public static readonly Route EndSession = Put("user/sessions/{sessionId}/end");

    public static readonly Route GetSecondFactor = Get("user/second-factor");
    public static readonly Route SetUpSecondFactor = Post("user/second-factor");
    public static readonly Route ConfirmSecondFactor = Put("user/second-factor/confirm");
    public static readonly Route RenewRecoveryCodes = Put("user/second-factor/renew-recovery-codes");
    public static readonly Route RemoveSecondFactor = Put("user/second-factor/remove");

    public static readonly Route ListBanksForOfficers = new(HttpMethod.Get, "v6", "admin/banks");
    public static readonly Route ChangeBank = new(HttpMethod.Put, "v6", "admin/banks/{bankCode}");
    public static readonly Route RemoveBank = new(HttpMethod.Put, "v6", "admin/banks/{bankCode}/remove");
    public static readonly Route ListBlacklist = new(HttpMethod.Get, "v6", "admin/blacklist");
    public static readonly Route AddToBlacklist = ListBlacklist with { Method = HttpMethod.Post };
    public static readonly Route RemoveFromBlacklist = new(HttpMethod.Put, "v6", "admin/blacklist/{entryId}/remove");

    public static readonly Route ListStaff = new(HttpMethod.Get, "v6", "admin/staff");
    public static readonly Route InviteStaff = ListStaff with { Method = HttpMethod.Post };
    public static readonly Route GetStaffMember = new(HttpMethod.Get, "v6", "admin/staff/{staffId}");
    public static readonly Route ChangeStaff = GetStaffMember with { Method = HttpMethod.Put };
    public static readonly Route DisableStaff = new(HttpMethod.Put, "v6", "admin/staff/{staffId}/disable");
    public static readonly Route EnableStaff = new(HttpMethod.Put, "v6", "admin/staff/{staffId}/enable");
    public static readonly Route UnlockStaff = new(HttpMethod.Put, "v6", "admin/staff/{staffId}/unlock");
    public static readonly Route ResetStaffSignIn = new(HttpMethod.Put, "v6", "admin/staff/{staffId}/reset-sign-in");

    public static readonly Route UnlockCustomer = new(HttpMethod.Put, "v6", "admin/customers/{customerId}/unlock");
    public static readonly Route ResetCustomerSecondFactor = new(
        HttpMethod.Put,
        "v6",
        "admin/customers/{customerId}/reset-second-factor"
    );
    public static readonly Route ListCustomers = new(HttpMethod.Get, "v6", "admin/customers");
    public static readonly Route ShowCustomer = new(HttpMethod.Get, "v6", "admin/customers/{customerId}");
    public static readonly Route ListApiTokens = new(HttpMethod.Get, "v6", "admin/api-tokens");
    public static readonly Route CreateApiToken = new(HttpMethod.Post, "v6", "admin/api-tokens");
    public static readonly Route RevokeApiToken = new(HttpMethod.Put, "v6", "admin/api-tokens/{tokenId}/revoke");
    public static readonly Route ListApprovals = new(HttpMethod.Get, "v6", "admin/approvals");
    public static readonly Route GetTrialBalance = new(HttpMethod.Get, "v6", "admin/ledger/trial-balance");
    public static readonly Route ListPostings = new(HttpMethod.Get, "v6", "admin/ledger/postings");
    public static readonly Route ListAuditEntries = new(HttpMethod.Get, "v6", "admin/audit");
    public static readonly Route ListNoticeChoices = Get("user/notice-choices");
    public static readonly Route ChooseNotices = Put("user/notice-choices");
    public static readonly Route ListNotices = new(HttpMethod.Get, "v6", "admin/notices");
    public static readonly Route ListReports = new(HttpMethod.Get, "v6", "admin/reports");
    public static readonly Route GetReport = new(HttpMethod.Get, "v6", "admin/reports/{name}");

    public static readonly Route GetEndOfDay = new(HttpMethod.Get, "v6", "admin/end-of-day");
    public static readonly Route StartEndOfDay = new(HttpMethod.Post, "v6", "admin/end-of-day");
    public static readonly Route ListNoticeRules = new(HttpMethod.Get, "v6", "admin/notice-rules");
    public static readonly Route ChangeNoticeRule = new(HttpMethod.Put, "v6", "admin/notice-rules/{kind}");
    public static readonly Route ListWebhooks = new(HttpMethod.Get, "v6", "admin/webhooks");
    public static readonly Route CreateWebhook = ListWebhooks with { Method = HttpMethod.Post };
    public static readonly Route GetWebhook = new(HttpMethod.Get, "v6", "admin/webhooks/{webhookId}");
    public static readonly Route ChangeWebhook = GetWebhook with { Method = HttpMethod.Put };
    public static readonly Route DeleteWebhook = GetWebhook with { Method = HttpMethod.Delete };
    public static readonly Route TestWebhook = new(HttpMethod.Post, "v6", "admin/webhooks/{webhookId}/test");
    public static readonly Route RotateWebhookSecret = new(
        HttpMethod.Post,
        "v6",
        "admin/webhooks/{webhookId}/rotate-secret"
    );
    public static readonly Route ListDeliveries = new(HttpMethod.Get, "v6", "admin/webhooks/{webhookId}/deliveries");
    public static readonly Route ReplayDelivery = new(
        HttpMethod.Post,
        "v6",
        "admin/webhooks/{webhookId}/deliveries/{deliveryId}/replay"
    );
    public static readonly Route ReplayEvents = new(HttpMethod.Post, "v6", "admin/webhooks/{webhookId}/replay");
    public static readonly Route ListEvents = new(HttpMethod.Get, "v6", "admin/events");
    public static readonly Route ListProducts = Get("user/list-products");
    public static readonly Route EligibilityQuestionsAsked = Get("user/loan-eligibility-questions/{productId}");
    public static readonly Route LoanTerms = Get("user/get-loan-terms/{organisationId}");
    public static readonly Route OfficersProducts = new(HttpMethod.Get, "v6", "admin/loan-products");
    public static readonly Route CreateProduct = OfficersProducts with { Method = HttpMethod.Post };
    public static readonly Route PreviewProduct = new(HttpMethod.Post, "v6", "admin/loan-product-previews");
    public static readonly Route OfficersProduct = new(HttpMethod.Get, "v6", "admin/loan-products/{productId}");
    public static readonly Route ChangeProduct = OfficersProduct with { Method = HttpMethod.Put };
    public static readonly Route ProductQuestions = new(
        HttpMethod.Get,
        "v6",
        "admin/loan-products/{productId}/eligibility-questions"
    );
    public static readonly Route ChangeProductQuestions = ProductQuestions with { Method = HttpMethod.Put };
    public static readonly Route Organisation = new(HttpMethod.Get, "v6", "admin/organisation");
    public static readonly Route ChangeOrganisation = Organisation with { Method = HttpMethod.Put };
    public static readonly Route ArrearsPolicy = new(HttpMethod.Get, "v6", "admin/arrears-policy");
    public static readonly Route ChangeArrearsPolicy = ArrearsPolicy with { Method = HttpMethod.Put };
    public static readonly Route ListCollectionAccounts = new(HttpMethod.Get, "v6", "admin/collection-accounts");
    public static readonly Route AddCollectionAccount = ListCollectionAccounts with { Method = HttpMethod.Post };
    public static readonly Route ChangeCollectionAccount = new(
        HttpMethod.Put,
        "v6",
        "admin/collection-accounts/{collectionAccountId}"
    );

    public static readonly Route ListCollectors = new(HttpMethod.Get, "v6", "admin/collectors");
    public static readonly Route AddCollector = ListCollectors with { Method = HttpMethod.Post };
    public static readonly Route GetCollector = new(HttpMethod.Get, "v6", "admin/collectors/{collectorId}");
    public static readonly Route ChangeCollector = GetCollector with { Method = HttpMethod.Put };
    public static readonly Route ListCollections = new(
        HttpMethod.Get,
        "v6",
        "admin/collectors/{collectorId}/collections"
    );
    public static readonly Route ImportCollections = ListCollections with { Method = HttpMethod.Post };
    public static readonly Route ListCollectorFiles = new(HttpMethod.Get, "v6", "admin/collectors/{collectorId}/files");
    public static readonly Route ListRemittances = new(
        HttpMethod.Get,
        "v6",
        "admin/collectors/{collectorId}/remittances"
    );
    public static readonly Route BookCollection = new(HttpMethod.Put, "v6", "admin/collections/{collectionId}/book");
    public static readonly Route DiscardCollection = new(
        HttpMethod.Put,
        "v6",
        "admin/collections/{collectionId}/discard"
    );

    public static readonly Route PreviewBankStatement = new(HttpMethod.Post, "v6", "admin/bank-statement-previews");
    public static readonly Route SumUnmatchedPayments = new(HttpMethod.Get, "v6", "admin/unmatched-payments/summary");
    public static readonly Route ListBankStatements = new(HttpMethod.Get, "v6", "admin/bank-statements");
    public static readonly Route ImportBankStatement = ListBankStatements with { Method = HttpMethod.Post };
    public static readonly Route GetBankStatement = new(
        HttpMethod.Get,
        "v6",
        "admin/bank-statements/{bankStatementId}"
    );
    public static readonly Route ListStatementEntries = new(
        HttpMethod.Get,
        "v6",
        "admin/bank-statements/{bankStatementId}/entries"
    );
    public static readonly Route DownloadBankStatement = new(
        HttpMethod.Get,
        "v6",
        "admin/bank-statements/{bankStatementId}/file"
    );
    public static readonly Route ConfirmBankStatement = new(
        HttpMethod.Put,
        "v6",
        "admin/bank-statements/{bankStatementId}/confirm"
    );
    public static readonly Route DiscardBankStatement = new(
        HttpMethod.Put,
        "v6",
        "admin/bank-statements/{bankStatementId}/discard"
    );
    public static readonly Route GetBankEntry = new(HttpMethod.Get, "v6", "admin/statement-entries/{entryId}");
    public static readonly Route UndoBankEntry = new(HttpMethod.Put, "v6", "admin/statement-entries/{entryId}/undo");
    public static readonly Route ListUnmatchedPayments = new(HttpMethod.Get, "v6", "admin/unmatched-payments");
    public static readonly Route AssignPayment = Unmatched("assign");
    public static readonly Route JoinPayment = Unmatched("join");
    public static readonly Route BookBankEntry = Unmatched("book");
    public static readonly Route IgnorePayment = Unmatched("ignore");
    public static readonly Route ReturnPayment = Unmatched("return");
    public static readonly Route RemitPayment = Unmatched("remit");
    public static readonly Route ListUnconfirmedRepayments = new(HttpMethod.Get, "v6", "admin/unconfirmed-repayments");
    public static readonly Route ListPayerReturns = new(HttpMethod.Get, "v6", "admin/payer-returns");
    public static readonly Route GetReconciliation = new(
        HttpMethod.Get,
        "v6",
        "admin/collection-accounts/{collectionAccountId}/reconciliation"
    );
    public static readonly Route ListItemsInTransit = new(
        HttpMethod.Get,
        "v6",
        "admin/collection-accounts/{collectionAccountId}/reconciliation/items"
    );

    /// <summary>Other paths and methods of calls above, which the server keeps for older clients.</summary>
    public static IReadOnlyList<(Route Alias, Route Of)> Aliases { get; } =
    [
        (Login with { Method = HttpMethod.Post }, Login),
        (Logout with { Method = HttpMethod.Post }, Logout),
        (LoanHistory with { Path = "user/loan-history/{customerId}" }, LoanHistory),
    ];

    private static Route Get(string path) => new(HttpMethod.Get, "v1", path);

    private static Route Post(string path) => new(HttpMethod.Post, "v1", path);

    private static Route Put(string path) => new(HttpMethod.Put, "v1", path);

    private static Route Unmatched(string act) =>
        new(HttpMethod.Put, "v6", $"admin/unmatched-payments/{{entryId}}/{act}");

    private static Route Decide(string step) => new(HttpMethod.Put, "v6", $"admin/loan-application/{{id}}/{step}");
}
