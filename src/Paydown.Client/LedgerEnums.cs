using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>An account of the ledger.</summary>
[JsonConverter(typeof(WordConverter<LedgerAccount>))]
public enum LedgerAccount
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The lender's money, from which loans are paid out.</summary>
    FundingAccount,

    /// <summary>The lender's bank account, which receives repayments.</summary>
    CollectionAccount,

    /// <summary>What collectors have collected, less their commission, and not remitted yet.</summary>
    CollectorReceivable,

    /// <summary>Principal that customers owe.</summary>
    LoanPrincipal,

    /// <summary>Interest recognised but not paid yet.</summary>
    InterestReceivable,

    /// <summary>Fees charged but not paid yet.</summary>
    FeesReceivable,

    /// <summary>Penalties charged but not paid yet.</summary>
    PenaltiesReceivable,

    /// <summary>Customers' money beyond everything they owe.</summary>
    OwedToCustomer,

    /// <summary>Customers' money that the lender holds.</summary>
    CustomerWallet,

    /// <summary>Money on its way from wallets to bank accounts.</summary>
    PayoutClearing,

    /// <summary>Money in the lender's bank account that nobody has identified yet.</summary>
    UnidentifiedReceipts,

    /// <summary>Interest receivable that is no income yet, because the loan is long past due.</summary>
    InterestInSuspense,

    /// <summary>What the lender expects to lose of its loans.</summary>
    LoanLossAllowance,

    /// <summary>Interest.</summary>
    InterestIncome,

    /// <summary>Fees.</summary>
    FeeIncome,

    /// <summary>Penalties.</summary>
    PenaltyIncome,

    /// <summary>Money received after its loan was written off.</summary>
    RecoveryIncome,

    /// <summary>Interest that the lender's bank pays.</summary>
    BankInterest,

    /// <summary>Debt of customers at the write-off of their loan.</summary>
    WriteOffExpense,

    /// <summary>Credits that the lender gave customers out of goodwill.</summary>
    GoodwillExpense,

    /// <summary>What the lender's bank charges.</summary>
    BankCharges,

    /// <summary>What was added to the allowance for loan losses.</summary>
    ProvisionExpense,

    /// <summary>Principal that was charged off.</summary>
    ChargeOffExpense,

    /// <summary>Recognised interest that was charged off.</summary>
    ChargeOffInterest,

    /// <summary>Fees and penalties that were charged off.</summary>
    ChargeOffCharges,

    /// <summary>What collectors keep of the money that they collect.</summary>
    CollectionCommission,
}

/// <summary>The class of an account.</summary>
[JsonConverter(typeof(WordConverter<AccountClass>))]
public enum AccountClass
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It grows by debits.</summary>
    Asset,

    /// <summary>It grows by credits.</summary>
    Liability,

    /// <summary>It grows by credits.</summary>
    Income,

    /// <summary>It grows by debits.</summary>
    Expense,
}

/// <summary>What a journal entry books.</summary>
[JsonConverter(typeof(WordConverter<JournalEntryKind>))]
public enum JournalEntryKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A loan was paid out.</summary>
    LoanDisbursed,

    /// <summary>A down payment was collected at disbursement.</summary>
    DownPaymentCollected,

    /// <summary>A repayment was verified.</summary>
    RepaymentVerified,

    /// <summary>A repayment was reversed.</summary>
    RepaymentReversed,

    /// <summary>A replay allocated a payment differently.</summary>
    AllocationAdjusted,

    /// <summary>Interest became income.</summary>
    InterestAccrued,

    /// <summary>A fee or a penalty was charged.</summary>
    ChargeApplied,

    /// <summary>A replay computed a charge again.</summary>
    ChargeAdjusted,

    /// <summary>A loan was paid out to the wallet.</summary>
    DisbursedToWallet,

    /// <summary>A fee was kept back from a disbursement.</summary>
    DisbursementFeeDeducted,

    /// <summary>A repayment was paid from the wallet.</summary>
    RepaidFromWallet,

    /// <summary>A reversed repayment returned to the wallet.</summary>
    ReturnedToWallet,

    /// <summary>A transfer left the wallet.</summary>
    FundsWithdrawn,

    /// <summary>The fee of a transfer was taken.</summary>
    WithdrawalFeeTaken,

    /// <summary>A transfer arrived.</summary>
    WithdrawalSettled,

    /// <summary>A transfer failed, and its money came back.</summary>
    WithdrawalFailed,

    /// <summary>The money of a completed transfer came back.</summary>
    WithdrawalReturned,

    /// <summary>A fee or a penalty was waived.</summary>
    DebtWaived,

    /// <summary>A loan was written off.</summary>
    LoanWrittenOff,

    /// <summary>Money came after a write-off.</summary>
    MoneyRecovered,

    /// <summary>An overpayment was refunded.</summary>
    OverpaymentRefunded,

    /// <summary>A refund went to the wallet.</summary>
    RefundedToWallet,

    /// <summary>A refund was undone.</summary>
    RefundTakenBack,

    /// <summary>The payer's bank took a payment back.</summary>
    PaymentChargedBack,

    /// <summary>The lender or a merchant settled a debt.</summary>
    CreditGiven,

    /// <summary>A replay computed an event again.</summary>
    EventAdjusted,

    /// <summary>An event was reversed.</summary>
    EventReversed,

    /// <summary>Money arrived that nobody has identified yet.</summary>
    MoneyUnidentified,

    /// <summary>Unidentified money was identified.</summary>
    MoneyIdentified,

    /// <summary>The lender's bank took a charge.</summary>
    BankCharged,

    /// <summary>The lender's bank paid interest.</summary>
    BankInterestPaid,

    /// <summary>A decision on an entry of a bank statement was undone.</summary>
    BankEntryUndone,

    /// <summary>Interest became income because it was paid or its loan is current, or was lost with its loan.</summary>
    SuspenseReleased,

    /// <summary>The allowance for the loss of a loan changed, or a write-off took it.</summary>
    ProvisionChanged,

    /// <summary>Unidentified money is to go back to its payer.</summary>
    PayerReturnOrdered,

    /// <summary>Unidentified money has gone back to its payer.</summary>
    PayerReturnPaid,

    /// <summary>A loan was charged off.</summary>
    LoanChargedOff,

    /// <summary>A disbursement was undone: its amount left the wallet.</summary>
    DisbursementTakenBack,

    /// <summary>The fees of a disbursement that was undone came back.</summary>
    DisbursementFeesReturned,

    /// <summary>A collector has collected a repayment.</summary>
    CollectorCollected,

    /// <summary>A repayment that a collector had collected was reversed.</summary>
    CollectionTakenBack,

    /// <summary>A collector has remitted money, or got some back.</summary>
    CollectorRemitted,
}
