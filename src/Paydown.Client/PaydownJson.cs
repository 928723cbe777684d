using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>The envelope of a success.</summary>
internal sealed record Envelope<T>
{
    public required string Status { get; init; }

    public required T Data { get; init; }

    public PageBody? Page { get; init; }
}

/// <summary>The envelope of a failure.</summary>
internal sealed record FailureBody
{
    public required string Status { get; init; }

    public required string Message { get; init; }

    [JsonPropertyName("error")]
    public required string Title { get; init; }

    public required string Code { get; init; }

    public IReadOnlyList<FieldFailure>? Errors { get; init; }
}

/// <summary>The position of a page in its list.</summary>
internal sealed record PageBody(int Page, int Size, long Total, bool TotalIsExact = true, string? Next = null);

/// <summary>Data the client ignores.</summary>
internal sealed record Nothing;

/// <summary>Serializers, generated at compile time so that programs can be trimmed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(MoneyConverter)]
)]
[JsonSerializable(typeof(FailureBody))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(RefreshSecret))]
[JsonSerializable(typeof(RepaymentReport))]
[JsonSerializable(typeof(PayoffRequest))]
[JsonSerializable(typeof(NewBankAccount))]
[JsonSerializable(typeof(TransferOrder))]
[JsonSerializable(typeof(NewTransactionPin))]
[JsonSerializable(typeof(NewCharge))]
[JsonSerializable(typeof(NewRepayment))]
[JsonSerializable(typeof(RepaymentCorrection))]
[JsonSerializable(typeof(Envelope<CustomerRepayment>), TypeInfoPropertyName = "OwnRepaymentAnswer")]
[JsonSerializable(typeof(Envelope<WithdrawnRepayment>), TypeInfoPropertyName = "WithdrawnAnswer")]
[JsonSerializable(typeof(Envelope<RepaymentDetails>), TypeInfoPropertyName = "RepaymentDetailsAnswer")]
[JsonSerializable(typeof(ReasonGiven))]
[JsonSerializable(typeof(CollectionWanted))]
[JsonSerializable(typeof(NewCustomer))]
[JsonSerializable(typeof(ApiTokenOrder))]
[JsonSerializable(typeof(ForgottenPassword))]
[JsonSerializable(typeof(PasswordByToken))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(TokenGiven))]
[JsonSerializable(typeof(BankDefinition))]
[JsonSerializable(typeof(NewBlacklistEntry))]
[JsonSerializable(typeof(Envelope<ListedBank>), TypeInfoPropertyName = "ListedBankAnswer")]
[JsonSerializable(typeof(Envelope<List<ListedBank>>), TypeInfoPropertyName = "ListedBanksAnswer")]
[JsonSerializable(typeof(Envelope<BlacklistEntry>), TypeInfoPropertyName = "BlacklistEntryAnswer")]
[JsonSerializable(typeof(Envelope<List<BlacklistEntry>>), TypeInfoPropertyName = "BlacklistAnswer")]
[JsonSerializable(typeof(CodeGiven))]
[JsonSerializable(typeof(PasswordGiven))]
[JsonSerializable(typeof(Envelope<SecondFactor>), TypeInfoPropertyName = "SecondFactorAnswer")]
[JsonSerializable(typeof(Envelope<NewSecondFactor>), TypeInfoPropertyName = "NewSecondFactorAnswer")]
[JsonSerializable(typeof(Envelope<RecoveryCodes>), TypeInfoPropertyName = "RecoveryCodesAnswer")]
[JsonSerializable(typeof(StaffDefinition))]
[JsonSerializable(typeof(Envelope<StaffMember>), TypeInfoPropertyName = "StaffMemberAnswer")]
[JsonSerializable(typeof(Envelope<List<StaffMember>>), TypeInfoPropertyName = "StaffAnswer")]
[JsonSerializable(typeof(Envelope<List<ActiveSession>>), TypeInfoPropertyName = "SessionsAnswer")]
[JsonSerializable(typeof(NoticeRuleChange))]
[JsonSerializable(typeof(NoticesDeclined))]
[JsonSerializable(typeof(Envelope<List<NoticeChoice>>), TypeInfoPropertyName = "NoticeChoicesAnswer")]
[JsonSerializable(typeof(Envelope<NoticeRule>), TypeInfoPropertyName = "NoticeRuleAnswer")]
[JsonSerializable(typeof(Envelope<List<NoticeRule>>), TypeInfoPropertyName = "NoticeRulesAnswer")]
[JsonSerializable(typeof(Envelope<List<ListedNotice>>), TypeInfoPropertyName = "NoticesAnswer")]
[JsonSerializable(typeof(WebhookOrder))]
[JsonSerializable(typeof(WebhookChange))]
[JsonSerializable(typeof(SecretRotation))]
[JsonSerializable(typeof(EventReplay))]
[JsonSerializable(typeof(Envelope<CustomerProfile>), TypeInfoPropertyName = "CustomerAnswer")]
[JsonSerializable(typeof(Envelope<List<CustomerProfile>>), TypeInfoPropertyName = "CustomersAnswer")]
[JsonSerializable(typeof(Envelope<ApiToken>), TypeInfoPropertyName = "ApiTokenAnswer")]
[JsonSerializable(typeof(Envelope<List<ApiToken>>), TypeInfoPropertyName = "ApiTokensAnswer")]
[JsonSerializable(typeof(Envelope<NewApiToken>), TypeInfoPropertyName = "NewApiTokenAnswer")]
[JsonSerializable(typeof(Envelope<NewWebhook>), TypeInfoPropertyName = "NewWebhookAnswer")]
[JsonSerializable(typeof(Envelope<WebhookEndpoint>), TypeInfoPropertyName = "WebhookEndpointAnswer")]
[JsonSerializable(typeof(Envelope<List<WebhookEndpoint>>), TypeInfoPropertyName = "WebhookEndpointsAnswer")]
[JsonSerializable(typeof(Envelope<List<WebhookDelivery>>), TypeInfoPropertyName = "WebhookDeliveriesAnswer")]
[JsonSerializable(typeof(Envelope<QueuedDelivery>), TypeInfoPropertyName = "QueuedDeliveryAnswer")]
[JsonSerializable(typeof(Envelope<Replayed>), TypeInfoPropertyName = "ReplayedAnswer")]
[JsonSerializable(typeof(Envelope<EventList>), TypeInfoPropertyName = "EventListAnswer")]
[JsonSerializable(typeof(RepaymentPayload))]
[JsonSerializable(typeof(LoanPayload))]
[JsonSerializable(typeof(LoanActPayload))]
[JsonSerializable(typeof(CollectionPayload))]
[JsonSerializable(typeof(CustomerPayload))]
[JsonSerializable(typeof(StatusPayload))]
[JsonSerializable(typeof(TransferPayload))]
[JsonSerializable(typeof(ApplicationPayload))]
[JsonSerializable(typeof(DisbursementPayload))]
[JsonSerializable(typeof(Envelope<TrialBalance>), TypeInfoPropertyName = "TrialBalanceAnswer")]
[JsonSerializable(typeof(Envelope<JournalEntry>), TypeInfoPropertyName = "JournalEntryAnswer")]
[JsonSerializable(typeof(Envelope<List<HistoryEvent>>), TypeInfoPropertyName = "HistoryAnswer")]
[JsonSerializable(typeof(Envelope<List<Posting>>), TypeInfoPropertyName = "PostingsAnswer")]
[JsonSerializable(typeof(Envelope<List<AuditEntry>>), TypeInfoPropertyName = "AuditEntriesAnswer")]
[JsonSerializable(typeof(ProductDefinition))]
[JsonSerializable(typeof(ProductTrialWanted))]
[JsonSerializable(typeof(NewWaiver))]
[JsonSerializable(typeof(OverpaymentRefund))]
[JsonSerializable(typeof(Envelope<Nothing>), TypeInfoPropertyName = "NothingAnswer")]
[JsonSerializable(typeof(Envelope<SignedIn>), TypeInfoPropertyName = "SignedInAnswer")]
[JsonSerializable(typeof(Envelope<TokenPair>), TypeInfoPropertyName = "TokenPairAnswer")]
[JsonSerializable(typeof(Envelope<RepaymentInstructions>), TypeInfoPropertyName = "InstructionsAnswer")]
[JsonSerializable(typeof(Envelope<RepaymentRecorded>), TypeInfoPropertyName = "RecordedAnswer")]
[JsonSerializable(typeof(Envelope<List<CustomerRepayment>>), TypeInfoPropertyName = "CustomerRepaymentsAnswer")]
[JsonSerializable(typeof(Envelope<List<PendingInstallment>>), TypeInfoPropertyName = "PendingAnswer")]
[JsonSerializable(typeof(Envelope<List<RepaidTransaction>>), TypeInfoPropertyName = "RepaidAnswer")]
[JsonSerializable(typeof(Envelope<PayoffQuote>), TypeInfoPropertyName = "QuoteAnswer")]
[JsonSerializable(typeof(Envelope<PayoffAnswer>), TypeInfoPropertyName = "PayoffAnswered")]
[JsonSerializable(typeof(Envelope<LoanDetails>), TypeInfoPropertyName = "LoanAnswer")]
[JsonSerializable(typeof(Envelope<List<ListedLoan>>), TypeInfoPropertyName = "ListedLoansAnswer")]
[JsonSerializable(typeof(Envelope<List<LoanDetails>>), TypeInfoPropertyName = "LoansAnswer")]
[JsonSerializable(typeof(Envelope<LoanTotals>), TypeInfoPropertyName = "TotalsAnswer")]
[JsonSerializable(typeof(NewApplication))]
[JsonSerializable(typeof(ApprovedTerms))]
[JsonSerializable(typeof(DisbursementWanted))]
[JsonSerializable(typeof(OfferWanted))]
[JsonSerializable(typeof(Envelope<ApplicationDetails>), TypeInfoPropertyName = "ApplicationAnswer")]
[JsonSerializable(typeof(Envelope<List<OpenOffer>>), TypeInfoPropertyName = "OffersAnswer")]
[JsonSerializable(typeof(Envelope<ApplicationStanding>), TypeInfoPropertyName = "StandingAnswer")]
[JsonSerializable(typeof(Envelope<UpdatedApplication>), TypeInfoPropertyName = "UpdatedAnswer")]
[JsonSerializable(typeof(Envelope<OfficerApplication>), TypeInfoPropertyName = "OfficerApplicationAnswer")]
[JsonSerializable(typeof(Envelope<List<OfficerApplication>>), TypeInfoPropertyName = "OfficerApplicationsAnswer")]
[JsonSerializable(typeof(Envelope<DisbursedLoan>), TypeInfoPropertyName = "DisbursedAnswer")]
[JsonSerializable(typeof(Envelope<BankAccountAdded>), TypeInfoPropertyName = "BankAccountAddedAnswer")]
[JsonSerializable(typeof(Envelope<BankAccount>), TypeInfoPropertyName = "BankAccountAnswer")]
[JsonSerializable(typeof(Envelope<List<BankAccount>>), TypeInfoPropertyName = "BankAccountsAnswer")]
[JsonSerializable(typeof(Envelope<List<Bank>>), TypeInfoPropertyName = "BanksAnswer")]
[JsonSerializable(typeof(Envelope<NamedBankAccount>), TypeInfoPropertyName = "NamedBankAccountAnswer")]
[JsonSerializable(typeof(Envelope<Wallet>), TypeInfoPropertyName = "WalletAnswer")]
[JsonSerializable(typeof(Envelope<List<WalletHistoryItem>>), TypeInfoPropertyName = "WalletHistoryAnswer")]
[JsonSerializable(typeof(Envelope<TransferRequested>), TypeInfoPropertyName = "TransferRequestedAnswer")]
[JsonSerializable(typeof(Envelope<Transfer>), TypeInfoPropertyName = "TransferAnswer")]
[JsonSerializable(typeof(Envelope<List<Transfer>>), TypeInfoPropertyName = "TransfersAnswer")]
[JsonSerializable(typeof(Envelope<TransactionPinSet>), TypeInfoPropertyName = "TransactionPinAnswer")]
[JsonSerializable(typeof(Envelope<List<OfficerRepayment>>), TypeInfoPropertyName = "OfficerRepaymentsAnswer")]
[JsonSerializable(typeof(Envelope<DecidedRepayment>), TypeInfoPropertyName = "DecidedAnswer")]
[JsonSerializable(typeof(Envelope<AppliedCharge>), TypeInfoPropertyName = "ChargeAnswer")]
[JsonSerializable(typeof(Envelope<List<ListedCharge>>), TypeInfoPropertyName = "ChargesAnswer")]
[JsonSerializable(typeof(Envelope<List<LoanCharge>>), TypeInfoPropertyName = "LoanChargesAnswer")]
[JsonSerializable(typeof(Envelope<List<ListedAct>>), TypeInfoPropertyName = "ActsAnswer")]
[JsonSerializable(typeof(Envelope<ChangedLoan>), TypeInfoPropertyName = "ChangedLoanAnswer")]
[JsonSerializable(typeof(Rescheduling))]
[JsonSerializable(typeof(ReAging))]
[JsonSerializable(typeof(ReAmortization))]
[JsonSerializable(typeof(InterestPause))]
[JsonSerializable(typeof(ArrearsPause))]
[JsonSerializable(typeof(ArrearsResumption))]
[JsonSerializable(typeof(ContractTermination))]
[JsonSerializable(typeof(ChargingOff))]
[JsonSerializable(typeof(ChargeCredit))]
[JsonSerializable(typeof(InterestCredit))]
[JsonSerializable(typeof(PayoutUndoing))]
[JsonSerializable(typeof(Envelope<UndoneDisbursement>), TypeInfoPropertyName = "UndoneDisbursementAnswer")]
[JsonSerializable(typeof(Envelope<PreviewedFile>), TypeInfoPropertyName = "PreviewedFileAnswer")]
[JsonSerializable(typeof(Envelope<List<UnmatchedTotal>>), TypeInfoPropertyName = "UnmatchedTotalsAnswer")]
[JsonSerializable(typeof(Envelope<UndoneAct>), TypeInfoPropertyName = "UndoneActAnswer")]
[JsonSerializable(typeof(Envelope<List<ApplicationDetails>>), TypeInfoPropertyName = "ApplicationsAnswer")]
[JsonSerializable(typeof(Envelope<AppliedWaiver>), TypeInfoPropertyName = "WaiverAnswer")]
[JsonSerializable(typeof(Envelope<RefundedOverpayment>), TypeInfoPropertyName = "RefundAnswer")]
[JsonSerializable(typeof(Envelope<WrittenOffLoan>), TypeInfoPropertyName = "WriteOffAnswer")]
[JsonSerializable(typeof(Envelope<ThirdPartyCollection>), TypeInfoPropertyName = "CollectionAnswer")]
[JsonSerializable(typeof(Envelope<List<ProductOffer>>), TypeInfoPropertyName = "ProductOffersAnswer")]
[JsonSerializable(typeof(Envelope<List<QuestionAsked>>), TypeInfoPropertyName = "QuestionsAskedAnswer")]
[JsonSerializable(typeof(Envelope<OrganisationTerms>), TypeInfoPropertyName = "TermsAnswer")]
[JsonSerializable(typeof(Envelope<List<Product>>), TypeInfoPropertyName = "ProductsAnswer")]
[JsonSerializable(typeof(Envelope<Product>), TypeInfoPropertyName = "ProductAnswer")]
[JsonSerializable(typeof(Envelope<PreviewedLoan>), TypeInfoPropertyName = "PreviewedLoanAnswer")]
[JsonSerializable(typeof(Envelope<ProductQuestions>), TypeInfoPropertyName = "ProductQuestionsAnswer")]
[JsonSerializable(typeof(Envelope<List<ListedApproval>>), TypeInfoPropertyName = "ListedApprovalsAnswer")]
[JsonSerializable(typeof(Envelope<Organisation>), TypeInfoPropertyName = "OrganisationAnswer")]
[JsonSerializable(typeof(Envelope<ArrearsPolicy>), TypeInfoPropertyName = "ArrearsPolicyAnswer")]
[JsonSerializable(typeof(Envelope<AccruedInterest>), TypeInfoPropertyName = "AccruedInterestAnswer")]
[JsonSerializable(typeof(NewCollectionAccount))]
[JsonSerializable(typeof(DayWanted))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<ReportDescription>>), TypeInfoPropertyName = "ReportsAnswer")]
[JsonSerializable(typeof(Envelope<Report>), TypeInfoPropertyName = "ReportAnswer")]
[JsonSerializable(typeof(Envelope<EndOfDay>), TypeInfoPropertyName = "EndOfDayAnswer")]
[JsonSerializable(typeof(ArrearsPayload))]
[JsonSerializable(typeof(NoticeDuePayload))]
[JsonSerializable(typeof(Envelope<OwnAccount>), TypeInfoPropertyName = "OwnAccountAnswer")]
[JsonSerializable(typeof(Envelope<List<OwnAccount>>), TypeInfoPropertyName = "OwnAccountsAnswer")]
[JsonSerializable(typeof(Envelope<ImportedFile>), TypeInfoPropertyName = "ImportedFileAnswer")]
[JsonSerializable(typeof(Envelope<BankStatement>), TypeInfoPropertyName = "BankStatementAnswer")]
[JsonSerializable(typeof(Envelope<List<BankStatement>>), TypeInfoPropertyName = "BankStatementsAnswer")]
[JsonSerializable(typeof(Envelope<BankStatementDetails>), TypeInfoPropertyName = "BankStatementDetailsAnswer")]
[JsonSerializable(typeof(Envelope<List<StatementEntry>>), TypeInfoPropertyName = "StatementEntriesAnswer")]
[JsonSerializable(typeof(UnmatchedPayload))]
[JsonSerializable(typeof(PaymentAssignment))]
[JsonSerializable(typeof(BankEntryBooking))]
[JsonSerializable(typeof(PaymentJoin))]
[JsonSerializable(typeof(PaymentReturn))]
[JsonSerializable(typeof(Envelope<List<UnconfirmedRepayment>>), TypeInfoPropertyName = "UnconfirmedRepaymentsAnswer")]
[JsonSerializable(typeof(Envelope<DecidedEntry>), TypeInfoPropertyName = "DecidedEntryAnswer")]
[JsonSerializable(typeof(Envelope<List<UnmatchedPayment>>), TypeInfoPropertyName = "UnmatchedPaymentsAnswer")]
[JsonSerializable(typeof(Envelope<BankEntryDetails>), TypeInfoPropertyName = "BankEntryDetailsAnswer")]
[JsonSerializable(typeof(Envelope<BankReconciliation>), TypeInfoPropertyName = "BankReconciliationAnswer")]
[JsonSerializable(typeof(Envelope<List<TransitItem>>), TypeInfoPropertyName = "TransitItemsAnswer")]
[JsonSerializable(typeof(NewCollector))]
[JsonSerializable(typeof(CollectionDecision))]
[JsonSerializable(typeof(PaymentRemittance))]
[JsonSerializable(typeof(Envelope<Collector>), TypeInfoPropertyName = "CollectorAnswer")]
[JsonSerializable(typeof(Envelope<List<Collector>>), TypeInfoPropertyName = "CollectorsAnswer")]
[JsonSerializable(typeof(Envelope<CollectorDetails>), TypeInfoPropertyName = "CollectorDetailsAnswer")]
[JsonSerializable(typeof(Envelope<List<CollectorFile>>), TypeInfoPropertyName = "CollectorFilesAnswer")]
[JsonSerializable(typeof(Envelope<List<CollectorRemittance>>), TypeInfoPropertyName = "CollectorRemittancesAnswer")]
[JsonSerializable(typeof(Envelope<ImportedCollections>), TypeInfoPropertyName = "ImportedCollectionsAnswer")]
[JsonSerializable(typeof(Envelope<DecidedCollection>), TypeInfoPropertyName = "DecidedCollectionAnswer")]
[JsonSerializable(typeof(Envelope<List<CollectedPayment>>), TypeInfoPropertyName = "CollectedPaymentsAnswer")]
internal sealed partial class PaydownJson : JsonSerializerContext;

/// <summary>
/// Writes money as a JSON number without trailing zeros (<c>1250.500</c> as <c>1250.5</c>), because the server refuses
/// more fraction digits than the currency has.
/// </summary>
internal sealed class MoneyConverter : JsonConverter<decimal>
{
    // Dividing by 1 with 28 fraction digits drops trailing zeros.
    private const decimal One = 1.0000000000000000000000000000m;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value / One);
}

/// <summary>
/// Serializers of changes that replace everything stored. They write nulls, because the server refuses a change that
/// omits a field.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    Converters = [typeof(MoneyConverter)]
)]
[JsonSerializable(typeof(ProductChange))]
[JsonSerializable(typeof(QuestionsChange))]
[JsonSerializable(typeof(OrganisationSettings))]
[JsonSerializable(typeof(ArrearsPolicyChange))]
[JsonSerializable(typeof(CollectionAccountChange))]
[JsonSerializable(typeof(CollectorChange))]
internal sealed partial class PaydownChangesJson : JsonSerializerContext;
