using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>How a repayment is paid.</summary>
[JsonConverter(typeof(WordConverter<RepaymentMethod>))]
public enum RepaymentMethod
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>By bank transfer.</summary>
    BankTransfer,

    /// <summary>By direct debit.</summary>
    DirectDebit,

    /// <summary>From the wallet.</summary>
    Wallet,

    /// <summary>By card.</summary>
    Card,

    /// <summary>In cash.</summary>
    Cash,
}

/// <summary>The status of a repayment.</summary>
[JsonConverter(typeof(WordConverter<VerificationStatus>))]
public enum VerificationStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It awaits verification.</summary>
    PendingVerification,

    /// <summary>The money has arrived; the repayment counts.</summary>
    Verified,

    /// <summary>It was rejected, or reversed after it counted.</summary>
    Rejected,
}

/// <summary>How a repayment was completed.</summary>
[JsonConverter(typeof(WordConverter<RepaidStatus>))]
public enum RepaidStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>An officer confirmed that the money arrived.</summary>
    Verified,

    /// <summary>It was paid from the wallet or by card.</summary>
    Paid,
}

/// <summary>The state of a loan account.</summary>
[JsonConverter(typeof(WordConverter<AccountState>))]
public enum AccountState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The loan is not disbursed yet.</summary>
    PendingDisbursement,

    /// <summary>The loan is disbursed and nothing is overdue.</summary>
    Active,

    /// <summary>An installment is overdue.</summary>
    InArrears,

    /// <summary>More was paid than was owed.</summary>
    Overpaid,

    /// <summary>Nothing is owed.</summary>
    Closed,

    /// <summary>The lender has written the loan off.</summary>
    WrittenOff,
}

/// <summary>The status of an installment.</summary>
[JsonConverter(typeof(WordConverter<InstallmentStatus>))]
public enum InstallmentStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Nothing is paid and it is not overdue.</summary>
    Pending,

    /// <summary>A part is paid.</summary>
    PartiallyPaid,

    /// <summary>It is fully paid.</summary>
    Paid,

    /// <summary>It was due and is not fully paid.</summary>
    Overdue,
}

/// <summary>The status of a loan application.</summary>
[JsonConverter(typeof(WordConverter<ApplicationStatus>))]
public enum ApplicationStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It awaits a decision.</summary>
    Requested,

    /// <summary>It was approved.</summary>
    Approved,

    /// <summary>The lender rejected it, or the customer rejected the offer.</summary>
    Rejected,

    /// <summary>The customer has received an offer.</summary>
    OfferSent,

    /// <summary>The customer accepted the offer.</summary>
    Accepted,

    /// <summary>The customer withdrew from the offer.</summary>
    Withdrawn,

    /// <summary>The offer expired.</summary>
    Expired,

    /// <summary>The loan was disbursed.</summary>
    Disbursed,

    /// <summary>The loan was repaid.</summary>
    PaidOff,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>The employment status of a customer.</summary>
[JsonConverter(typeof(WordConverter<EmploymentStatus>))]
public enum EmploymentStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Employed.</summary>
    Employed,

    /// <summary>Self-employed.</summary>
    SelfEmployed,

    /// <summary>Unemployed.</summary>
    Unemployed,

    /// <summary>Student.</summary>
    Student,

    /// <summary>Retired.</summary>
    Retired,
}

/// <summary>The band of an application's score.</summary>
[JsonConverter(typeof(WordConverter<ScoreBand>))]
public enum ScoreBand
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>70 points or more.</summary>
    Green,

    /// <summary>40 to 69 points.</summary>
    Amber,

    /// <summary>Fewer than 40 points: the application is rejected.</summary>
    Red,
}

/// <summary>What is waived.</summary>
[JsonConverter(typeof(WordConverter<WaivedDebt>))]
public enum WaivedDebt
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The unpaid part of a charge.</summary>
    Charge,

    /// <summary>Unpaid interest.</summary>
    Interest,
}

/// <summary>The kind of a charge.</summary>
[JsonConverter(typeof(WordConverter<ChargeKind>))]
public enum ChargeKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A fee.</summary>
    Fee,

    /// <summary>A penalty.</summary>
    Penalty,
}

/// <summary>The type of a bank account.</summary>
[JsonConverter(typeof(WordConverter<BankAccountType>))]
public enum BankAccountType
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A savings account.</summary>
    Savings,

    /// <summary>A current account.</summary>
    Current,

    /// <summary>A checking account.</summary>
    Checking,
}

/// <summary>The status of a transfer from a wallet to a bank account.</summary>
[JsonConverter(typeof(WordConverter<TransferStatus>))]
public enum TransferStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The wallet is debited; the transfer is not sent yet.</summary>
    Pending,

    /// <summary>The transfer is sent to the lender's bank.</summary>
    Processing,

    /// <summary>The money has left the lender's bank.</summary>
    Completed,

    /// <summary>The transfer failed; amount and fee are back in the wallet.</summary>
    Failed,

    /// <summary>The bank sent the money back; the amount is in the wallet again, the fee is not.</summary>
    Returned,
}

/// <summary>Why the balance of a wallet changed.</summary>
[JsonConverter(typeof(WordConverter<WalletMovementKind>))]
public enum WalletMovementKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A loan was disbursed to the wallet.</summary>
    DisbursedToWallet,

    /// <summary>A fee was deducted from the disbursement.</summary>
    DisbursementFeeDeducted,

    /// <summary>A disbursement was undone: its amount left the wallet.</summary>
    DisbursementTakenBack,

    /// <summary>The fees of a disbursement that was undone came back.</summary>
    DisbursementFeesReturned,

    /// <summary>A repayment was paid from the wallet.</summary>
    RepaidFromWallet,

    /// <summary>A reversed repayment was returned.</summary>
    ReturnedToWallet,

    /// <summary>Money was transferred to a bank account.</summary>
    FundsWithdrawn,

    /// <summary>The fee of a transfer to a bank account.</summary>
    WithdrawalFeeTaken,

    /// <summary>A failed transfer was returned, with its fee.</summary>
    WithdrawalFailed,

    /// <summary>The money of a completed transfer came back, without its fee.</summary>
    WithdrawalReturned,

    /// <summary>A refund of an overpayment was undone.</summary>
    RefundTakenBack,
}

/// <summary>What an officer did to a loan.</summary>
[JsonConverter(typeof(WordConverter<LoanActKind>))]
public enum LoanActKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A fee or a penalty.</summary>
    Charge,

    /// <summary>A waiver of a charge or of interest.</summary>
    Waiver,

    /// <summary>The refund of an overpayment.</summary>
    Refund,

    /// <summary>The write-off of the loan.</summary>
    WriteOff,

    /// <summary>Other installments to come.</summary>
    Reschedule,

    /// <summary>New installments for all that was unpaid.</summary>
    ReAge,

    /// <summary>What was overdue, spread over the installments to come.</summary>
    ReAmortization,

    /// <summary>The termination of the contract.</summary>
    ContractTermination,

    /// <summary>The loan left the books as lost, but is owed still.</summary>
    ChargeOff,

    /// <summary>A credit for a charge.</summary>
    ChargeAdjustment,

    /// <summary>A payment that the lender made for the customer.</summary>
    InterestPaymentWaiver,

    /// <summary>Days without interest.</summary>
    InterestPause,

    /// <summary>Days that do not count as past due.</summary>
    ArrearsPause,

    /// <summary>The early end of such days.</summary>
    ArrearsResumption,
}

/// <summary>Where unpaid interest goes that leaves its installment.</summary>
[JsonConverter(typeof(WordConverter<MovedInterest>))]
public enum MovedInterest
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The next installment asks for it.</summary>
    WithNext,

    /// <summary>All installments to come ask for an equal part of it.</summary>
    SplitEvenly,
}

/// <summary>The unit of a duration.</summary>
[JsonConverter(typeof(WordConverter<DurationUnit>))]
public enum DurationUnit
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Days.</summary>
    Days,

    /// <summary>Weeks.</summary>
    Weeks,

    /// <summary>Months.</summary>
    Months,

    /// <summary>Years.</summary>
    Years,
}

/// <summary>The role of a user, which decides what the user may do.</summary>
[JsonConverter(typeof(WordConverter<UserRole>))]
public enum UserRole
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Borrows; has access to their own data only.</summary>
    Customer,

    /// <summary>Applies on behalf of customers.</summary>
    Agent,

    /// <summary>Verifies payments.</summary>
    Cashier,

    /// <summary>May make every call of the back office.</summary>
    Manager,
}
