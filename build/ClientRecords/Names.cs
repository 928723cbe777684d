namespace Paydown.ClientRecords;

/// <summary>The client's names for what the document names otherwise, or not at all.</summary>
internal static class Names
{
    /// <summary>Components that the client does not generate: its envelopes are written by hand.</summary>
    public static readonly HashSet<string> NotGenerated =
    [
        "Done",
        "Failure",
        "Page",
        "SignedOut",
        "Success",
        "SuccessPage",
        "WebhookEnvelope",
    ];

    /// <summary>Records that only the client's own code uses.</summary>
    public static readonly HashSet<string> Internal = ["SignedIn", "TokenPair"];

    /// <summary>Request fields that the client never sends: it relies on TLS to encrypt passwords.</summary>
    public static readonly HashSet<string> NotSent = ["payloadEncrypted"];

    /// <summary>Records that extend another: what was read can be sent back, changed by <c>with</c>.</summary>
    public static readonly Dictionary<string, string> Bases = new()
    {
        ["Organisation"] = "OrganisationSettings",
        ["Product"] = "ProductDefinition",
    };

    /// <summary>Request bodies by operation id. Bodies of one field are written by hand.</summary>
    public static readonly Dictionary<string, string> Requests = new()
    {
        ["addCollectionAccount"] = "NewCollectionAccount",
        ["changeArrearsPolicy"] = "ArrearsPolicyChange",
        ["changeCollectionAccount"] = "CollectionAccountChange",
        ["addToBlacklist"] = "NewBlacklistEntry",
        ["assignPayment"] = "PaymentAssignment",
        ["joinPayment"] = "PaymentJoin",
        ["bookBankEntry"] = "BankEntryBooking",
        ["returnPayment"] = "PaymentReturn",
        ["remitPayment"] = "PaymentRemittance",
        ["addCollector"] = "NewCollector",
        ["changeCollector"] = "CollectorChange",
        ["bookCollection"] = "CollectionDecision",
        ["applyCharge"] = "NewCharge",
        ["approveApplication"] = "ApprovedTerms",
        ["changeBank"] = "BankDefinition",
        ["changeNoticeRule"] = "NoticeRuleChange",
        ["changeOrganisation"] = "OrganisationSettings",
        ["changeWebhook"] = "WebhookChange",
        ["createApiToken"] = "ApiTokenOrder",
        ["createBankAccount"] = "NewBankAccount",
        ["createLoanProduct"] = "ProductDefinition",
        ["inviteStaff"] = "StaffDefinition",
        ["createWebhook"] = "WebhookOrder",
        ["payoffLoan"] = "PayoffRequest",
        ["recordRepayment"] = "NewRepayment",
        ["refundOverpayment"] = "OverpaymentRefund",
        ["registerCustomer"] = "NewCustomer",
        ["repayLoan"] = "RepaymentReport",
        ["replayEvents"] = "EventReplay",
        ["requestLoan"] = "NewApplication",
        ["setTransactionPin"] = "NewTransactionPin",
        ["transferFunds"] = "TransferOrder",
        ["verifyRepayment"] = "RepaymentCorrection",
        ["waiveDebt"] = "NewWaiver",
        ["reAgeLoan"] = "ReAging",
        ["reAmortizeLoan"] = "ReAmortization",
        ["rescheduleLoan"] = "Rescheduling",
        ["pauseInterest"] = "InterestPause",
        ["pauseArrears"] = "ArrearsPause",
        ["resumeArrears"] = "ArrearsResumption",
        ["terminateContract"] = "ContractTermination",
        ["chargeOffLoan"] = "ChargingOff",
        ["adjustCharge"] = "ChargeCredit",
        ["waiveInterest"] = "InterestCredit",
        ["undoDisbursement"] = "PayoutUndoing",
    };

    /// <summary>Objects inside request bodies that no response has, by body and field.</summary>
    public static readonly Dictionary<string, string> Parts = new()
    {
        ["NewApplication.eligibilityAnswers"] = "GivenAnswer",
        ["PaymentAssignment.parts"] = "AssignedPart",
    };

    // Docstrings of request bodies, which the document does not describe.
    private static readonly Dictionary<string, string> Summaries = new()
    {
        ["ApiTokenOrder"] = "An API token to create for a server.",
        ["ApprovedTerms"] = "The approved terms. What is null is as requested, at the product's rate.",
        ["BankDefinition"] = "How a bank is listed.",
        ["ArrearsPolicyChange"] = "How arrears are to be counted and losses provided for.",
        ["CollectionAccountChange"] = "A bank account of the lender as it is to be.",
        ["NewCollectionAccount"] = "A bank account of the lender to add.",
        ["AssignedPart"] = "A part of a payment, for one loan.",
        ["BankEntryBooking"] = "What an entry of a bank statement is to be booked as.",
        ["PaymentReturn"] = "Why unidentified money goes back to its payer, or which return money out was.",
        ["PaymentRemittance"] = "The collector whose remittance an unidentified entry is.",
        ["NewCollector"] = "A third party that collects loans, to add.",
        ["CollectorChange"] = "A third party that collects loans, as it is to be.",
        ["CollectionDecision"] = "How a collection that waits is to be booked.",
        ["PaymentJoin"] = "The report that unidentified entries pay together.",
        ["PaymentAssignment"] = "The loan that gets unidentified money, or the parts for several.",
        ["EventReplay"] = "The events to send once more.",
        ["GivenAnswer"] = "An answer to an eligibility question.",
        ["NewApplication"] = "An application for a loan.",
        ["NewBankAccount"] = "A bank account to add for a customer.",
        ["NewBlacklistEntry"] = "People to whom the organisation does not lend.",
        ["NewCharge"] = "A fee or a penalty to charge.",
        ["NewCustomer"] = "A customer to register.",
        ["NewRepayment"] = "Money that has arrived without a report.",
        ["NoticeRuleChange"] = "A kind of notice as it is to be. Without subject and text: Paydown's words.",
        ["NewTransactionPin"] = "A transaction PIN to set.",
        ["NewWaiver"] = "A debt to waive.",
        ["ArrearsPause"] = "Days that are not to count as past due.",
        ["ArrearsResumption"] = "The early end of days that do not count as past due.",
        ["ContractTermination"] = "The termination of a contract.",
        ["ChargingOff"] = "The charge-off of a loan.",
        ["ChargeCredit"] = "An amount to credit back for a charge.",
        ["InterestCredit"] = "An amount to pay in the customer's place.",
        ["PayoutUndoing"] = "The undoing of a loan's last payout.",
        ["InterestPause"] = "Days without interest.",
        ["ReAging"] = "New installments for all that is unpaid.",
        ["ReAmortization"] = "How what is overdue is spread over the installments to come.",
        ["Rescheduling"] = "Other installments to come.",
        ["OrganisationSettings"] = "The settings of an organisation.",
        ["OverpaymentRefund"] = "An overpayment to refund.",
        ["PayoffRequest"] = "The payoff of a loan.",
        ["ProductDefinition"] = "The definition of a product. What is null takes the server's default.",
        ["RepaymentCorrection"] = "What an officer found instead of what was reported.",
        ["RepaymentReport"] = "A repayment that the customer has already sent by bank transfer.",
        ["StaffDefinition"] = "An employee to invite or to change.",
        ["TransferOrder"] = "Money to send from the wallet to a bank account of the customer.",
        ["WebhookChange"] = "An endpoint as it is to be.",
        ["WebhookOrder"] = "A webhook endpoint to create.",
    };

    // Fields that the document gives as plain strings, or with values that do not occur there.
    private static readonly Dictionary<string, string> Enums = new()
    {
        ["accountState"] = "AccountState",
        ["BankAccount.accountType"] = "BankAccountType",
        ["DecisionTaken.kind"] = "DecisionKind",
        ["employmentStatus"] = "EmploymentStatus",
        ["loanApplicationStatus"] = "ApplicationStatus",
        ["loanApplicationStatusEnum"] = "ApplicationStatus",
        ["loanRepaymentMethod"] = "RepaymentMethod",
        ["loanRepaymentMethodEnum"] = "RepaymentMethod",
        ["loanStatus"] = "ApplicationStatus",
        ["NewCollectionAccount.ledgerAccount"] = "LedgerAccount",
        ["OfferedPaymentMethod.method"] = "RepaymentMethod",
        ["paymentMethod"] = "RepaymentMethod",
        ["RepaidTransaction.status"] = "RepaidStatus",
        ["repaymentMethods"] = "RepaymentMethod",
        ["StaffDefinition.role"] = "UserRole",
        ["verificationStatus"] = "VerificationStatus",
        ["WalletHistoryItem.kind"] = "WalletMovementKind",
        ["WebhookChange.state"] = "WebhookState",
    };

    private static readonly Dictionary<string, string> Components = new()
    {
        ["EligibilityView"] = "ProductEligibility",
        ["FeeView"] = "ProductFee",
        ["InstructionsView"] = "RepaymentInstructions",
        ["LoanView"] = "LoanDetails",
    };

    private static readonly Dictionary<string, string> Members = new()
    {
        ["loanApplicationcreatedDate"] = "LoanApplicationCreatedDate",
    };

    /// <summary>The record of a component: its name without <c>View</c>, unless that says too little.</summary>
    public static string OfComponent(string component) =>
        Components.TryGetValue(component, out var name) ? name
        : component.EndsWith("View", StringComparison.Ordinal) ? component[..^"View".Length]
        : component;

    /// <summary>The property of a field.</summary>
    public static string OfMember(string field) =>
        Members.TryGetValue(field, out var name)
            ? name
            : string.Concat(field.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The docstring of a request body.</summary>
    public static string SummaryOf(string record) => Summaries.GetValueOrDefault(record, $"The record {record}.");

    /// <summary>The enum of a field that the document gives otherwise; null for all others.</summary>
    /// <param name="place">The record and the field, joined by a dot.</param>
    public static string? EnumAt(string place) =>
        Enums.GetValueOrDefault(place) ?? Enums.GetValueOrDefault(place[(place.IndexOf('.') + 1)..]);
}
