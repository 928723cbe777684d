using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>An act that can need the approval of two officers.</summary>
[JsonConverter(typeof(WordConverter<ActKind>))]
public enum ActKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The reversal of a verified repayment.</summary>
    ReverseRepayment,

    /// <summary>A waiver of a charge or of interest.</summary>
    WaiveDebt,

    /// <summary>A fee or a penalty.</summary>
    ApplyCharge,

    /// <summary>The refund of an overpayment.</summary>
    RefundOverpayment,

    /// <summary>The write-off of a loan.</summary>
    WriteOffLoan,

    /// <summary>Undoing a charge, a waiver, a refund or a write-off.</summary>
    UndoAct,

    /// <summary>Other installments to come.</summary>
    RescheduleLoan,

    /// <summary>New installments for all that is unpaid.</summary>
    ReAgeLoan,

    /// <summary>What is overdue, spread over the installments to come.</summary>
    ReAmortizeLoan,

    /// <summary>The termination of a contract.</summary>
    TerminateContract,

    /// <summary>The charge-off of a loan.</summary>
    ChargeOffLoan,

    /// <summary>A credit for a charge.</summary>
    AdjustCharge,

    /// <summary>A payment that the lender makes for the customer.</summary>
    WaiveInterestPayment,

    /// <summary>Days without interest.</summary>
    PauseInterest,

    /// <summary>Days that do not count as past due.</summary>
    PauseArrears,

    /// <summary>The early end of such days.</summary>
    ResumeArrears,

    /// <summary>The disbursement of a loan or of a part of it.</summary>
    DisburseLoan,

    /// <summary>The undoing of a disbursement.</summary>
    UndoDisbursement,

    /// <summary>A change of the organisation's settings that weakens a control.</summary>
    ChangeOrganisation,

    /// <summary>A change of a product that weakens a control.</summary>
    ChangeLoanProduct,

    /// <summary>Undoing the decision on an entry of a bank statement.</summary>
    UndoBankEntry,

    /// <summary>Setting an entry of a bank statement aside.</summary>
    IgnoreBankEntry,

    /// <summary>Sending unidentified money back to its payer.</summary>
    ReturnPayment,

    /// <summary>Booking what a collector has collected.</summary>
    BookCollection,

    /// <summary>Deciding that what a collector reports is no money.</summary>
    DiscardCollection,
}

/// <summary>A decision on a repayment.</summary>
[JsonConverter(typeof(WordConverter<DecisionKind>))]
public enum DecisionKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The first of two officers approved the repayment.</summary>
    FirstApproval,

    /// <summary>An officer verified it; it counts.</summary>
    Verified,

    /// <summary>An officer rejected it.</summary>
    Rejected,

    /// <summary>The customer withdrew it.</summary>
    Withdrawn,

    /// <summary>An officer reversed it after it counted.</summary>
    Reversed,
}

/// <summary>An automated check of an application.</summary>
[JsonConverter(typeof(WordConverter<AutomatedCheck>))]
public enum AutomatedCheck
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The amount is within the product's limits.</summary>
    Amount,

    /// <summary>The duration is within the product's limits.</summary>
    Duration,

    /// <summary>The date of birth matches the customer's.</summary>
    DateOfBirth,

    /// <summary>The age is within the product's limits.</summary>
    Age,

    /// <summary>The product is offered in the customer's country.</summary>
    Country,

    /// <summary>The product is offered for the employment status.</summary>
    Employment,

    /// <summary>The monthly income is at least the product's minimum.</summary>
    Income,

    /// <summary>The lender has not blacklisted the customer.</summary>
    Blacklist,

    /// <summary>The answers to the eligibility questions pass.</summary>
    EligibilityAnswers,
}

/// <summary>A component of an application's score.</summary>
[JsonConverter(typeof(WordConverter<ScoreComponent>))]
public enum ScoreComponent
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The installment in relation to the income.</summary>
    Affordability,

    /// <summary>The employment status.</summary>
    Employment,

    /// <summary>The customer's earlier loans.</summary>
    History,

    /// <summary>The answers to the eligibility questions.</summary>
    Answers,
}

/// <summary>Whether an employee can sign in.</summary>
[JsonConverter(typeof(WordConverter<StaffState>))]
public enum StaffState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Not yet: the invitation is not accepted.</summary>
    Invited,

    /// <summary>The employee can sign in.</summary>
    Active,

    /// <summary>A manager disabled the sign-in.</summary>
    Disabled,
}

/// <summary>What identifies the people of a blacklist entry.</summary>
[JsonConverter(typeof(WordConverter<BlacklistKind>))]
public enum BlacklistKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A bank verification number, 11 digits.</summary>
    Bvn,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A phone number with its dialing code.</summary>
    Phone,
}

/// <summary>The kind of an event in a loan's history.</summary>
[JsonConverter(typeof(WordConverter<HistoryKind>))]
public enum HistoryKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Principal was paid out.</summary>
    Disbursement,

    /// <summary>A down payment was collected.</summary>
    DownPayment,

    /// <summary>A repayment counts.</summary>
    Repayment,

    /// <summary>A fee or a penalty is owed.</summary>
    Charge,

    /// <summary>A charge or interest was waived.</summary>
    Waiver,

    /// <summary>An earlier event was taken back.</summary>
    Reversal,

    /// <summary>The loan was written off.</summary>
    WriteOff,

    /// <summary>An overpayment was paid back.</summary>
    CreditBalanceRefund,

    /// <summary>The lender gave a credit.</summary>
    GoodwillCredit,

    /// <summary>A merchant gave money back.</summary>
    MerchantIssuedRefund,

    /// <summary>A payout was given back.</summary>
    PayoutRefund,

    /// <summary>The payer's bank took a payment back.</summary>
    Chargeback,

    /// <summary>Money for future installments is spent by another rule.</summary>
    FutureRuleChange,

    /// <summary>Interest was given back.</summary>
    InterestRefund,

    /// <summary>Days do not count as past due.</summary>
    ArrearsPause,

    /// <summary>Days count as past due again.</summary>
    ArrearsResumption,

    /// <summary>Other installments were agreed.</summary>
    Reschedule,

    /// <summary>All that was unpaid got new installments.</summary>
    ReAge,

    /// <summary>What was overdue was spread over later installments.</summary>
    ReAmortization,

    /// <summary>Days bear no interest.</summary>
    InterestPause,

    /// <summary>The loan was charged off.</summary>
    ChargeOff,

    /// <summary>The contract was terminated.</summary>
    ContractTermination,

    /// <summary>An amount was credited for a charge.</summary>
    ChargeAdjustment,

    /// <summary>Interest was waived as if it were paid.</summary>
    InterestPaymentWaiver,

    /// <summary>The passing of a day was posted; only officers see it.</summary>
    EndOfDay,
}
