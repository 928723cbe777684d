using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>What can need two different officers.</summary>
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

    /// <summary>The undoing of a charge, a waiver, a refund or a write-off.</summary>
    UndoAct,

    /// <summary>The disbursement of a loan, or of a part of it.</summary>
    DisburseLoan,

    /// <summary>A change of the organisation's settings that weakens a control.</summary>
    ChangeOrganisation,

    /// <summary>A change of a product that weakens a control.</summary>
    ChangeLoanProduct,
}

/// <summary>What can be decided on a repayment.</summary>
[JsonConverter(typeof(WordConverter<DecisionKind>))]
public enum DecisionKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The first of two officers approved it.</summary>
    FirstApproval,

    /// <summary>It counts.</summary>
    Verified,

    /// <summary>An officer refused it.</summary>
    Rejected,

    /// <summary>The customer withdrew it.</summary>
    Withdrawn,

    /// <summary>It was taken back after it counted.</summary>
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

    /// <summary>The date of birth is the customer's.</summary>
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
