using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>How a repayment was paid.</summary>
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

/// <summary>What became of a reported repayment.</summary>
[JsonConverter(typeof(WordConverter<VerificationStatus>))]
public enum VerificationStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Nobody has decided yet.</summary>
    PendingVerification,

    /// <summary>The money has arrived and counts.</summary>
    Verified,

    /// <summary>It was rejected, or reversed after it counted.</summary>
    Rejected,
}

/// <summary>How a completed repayment was completed.</summary>
[JsonConverter(typeof(WordConverter<RepaidStatus>))]
public enum RepaidStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>An officer confirmed that it arrived.</summary>
    Verified,

    /// <summary>It was paid from the wallet or by card.</summary>
    Paid,
}

/// <summary>How a loan account stands.</summary>
[JsonConverter(typeof(WordConverter<AccountState>))]
public enum AccountState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Not paid out yet.</summary>
    PendingDisbursement,

    /// <summary>It runs, and nothing is overdue.</summary>
    Active,

    /// <summary>Something is overdue.</summary>
    InArrears,

    /// <summary>More was paid than is owed.</summary>
    Overpaid,

    /// <summary>Nothing is owed any more.</summary>
    Closed,

    /// <summary>The lender gave it up.</summary>
    WrittenOff,
}

/// <summary>How an installment stands.</summary>
[JsonConverter(typeof(WordConverter<InstallmentStatus>))]
public enum InstallmentStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Nothing is paid, and it is not overdue.</summary>
    Pending,

    /// <summary>Some of it is paid.</summary>
    PartiallyPaid,

    /// <summary>All of it is paid.</summary>
    Paid,

    /// <summary>It fell due and is not paid.</summary>
    Overdue,
}

/// <summary>How a loan application stands.</summary>
[JsonConverter(typeof(WordConverter<ApplicationStatus>))]
public enum ApplicationStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It waits for a decision.</summary>
    Requested,

    /// <summary>It was approved.</summary>
    Approved,

    /// <summary>The lender or the customer said no.</summary>
    Rejected,

    /// <summary>The customer has an offer.</summary>
    OfferSent,

    /// <summary>The customer accepted the offer.</summary>
    Accepted,

    /// <summary>The customer withdrew.</summary>
    Withdrawn,

    /// <summary>The offer was not answered in time.</summary>
    Expired,

    /// <summary>The loan was paid out.</summary>
    Disbursed,

    /// <summary>The loan was paid back.</summary>
    PaidOff,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>What a customer does for a living.</summary>
[JsonConverter(typeof(WordConverter<EmploymentStatus>))]
public enum EmploymentStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Works for somebody.</summary>
    Employed,

    /// <summary>Works for themselves.</summary>
    SelfEmployed,

    /// <summary>Is out of work.</summary>
    Unemployed,

    /// <summary>Studies.</summary>
    Student,

    /// <summary>Has retired.</summary>
    Retired,
}

/// <summary>How sure the lender can be of an application.</summary>
[JsonConverter(typeof(WordConverter<ScoreBand>))]
public enum ScoreBand
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>70 points or more.</summary>
    Green,

    /// <summary>40 to 69 points.</summary>
    Amber,

    /// <summary>Fewer than 40 points: rejected.</summary>
    Red,
}

/// <summary>What is forgiven.</summary>
[JsonConverter(typeof(WordConverter<WaivedDebt>))]
public enum WaivedDebt
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>What is unpaid of a charge.</summary>
    Charge,

    /// <summary>Unpaid interest.</summary>
    Interest,
}

/// <summary>What is charged.</summary>
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

/// <summary>What kind of bank account it is.</summary>
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

/// <summary>Where a transfer from a wallet to a bank account stands.</summary>
[JsonConverter(typeof(WordConverter<TransferStatus>))]
public enum TransferStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Taken from the wallet, not handed over yet.</summary>
    Pending,

    /// <summary>On its way.</summary>
    Processing,

    /// <summary>The money has left the lender's bank.</summary>
    Completed,

    /// <summary>It came to nothing; amount and fee are back in the wallet.</summary>
    Failed,
}

/// <summary>Why the balance of a wallet changed.</summary>
[JsonConverter(typeof(WordConverter<WalletMovementKind>))]
public enum WalletMovementKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A loan was paid out.</summary>
    DisbursedToWallet,

    /// <summary>A fee was kept back from what was paid out.</summary>
    DisbursementFeeDeducted,

    /// <summary>A repayment was paid.</summary>
    RepaidFromWallet,

    /// <summary>A repayment was reversed.</summary>
    ReturnedToWallet,

    /// <summary>Money was sent to a bank account.</summary>
    FundsWithdrawn,

    /// <summary>The fee of such a transfer.</summary>
    WithdrawalFeeTaken,

    /// <summary>Such a transfer failed: amount and fee came back.</summary>
    WithdrawalFailed,

    /// <summary>A refund of an overpayment was taken back.</summary>
    RefundTakenBack,
}

/// <summary>What officers do to a loan by hand.</summary>
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

/// <summary>What a user may do.</summary>
[JsonConverter(typeof(WordConverter<UserRole>))]
public enum UserRole
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Borrows, and sees only what is their own.</summary>
    Customer,

    /// <summary>Applies on behalf of customers.</summary>
    Agent,

    /// <summary>Verifies payments.</summary>
    Cashier,

    /// <summary>May do all that the back office does.</summary>
    Manager,
}
