using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>What became of a payment that a collector reports.</summary>
[JsonConverter(typeof(WordConverter<CollectionState>))]
public enum CollectionState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It waits for an officer.</summary>
    Waiting,

    /// <summary>It is a repayment of a loan.</summary>
    Booked,

    /// <summary>An officer has decided that it is no money.</summary>
    Discarded,
}

/// <summary>Why a payment that a collector reports is not booked yet.</summary>
[JsonConverter(typeof(WordConverter<CollectionWait>))]
public enum CollectionWait
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The lender has no loan with this reference or account number.</summary>
    LoanUnknown,

    /// <summary>This collector does not hold the loan.</summary>
    NotHeld,

    /// <summary>The loan is not paid out.</summary>
    NotDisbursed,

    /// <summary>The borrower paid before the loan was paid out.</summary>
    BeforeDisbursement,

    /// <summary>Nothing is owed.</summary>
    LoanClosed,

    /// <summary>The amount is more than closes the loan.</summary>
    AbovePayoff,

    /// <summary>The file states another commission than was agreed.</summary>
    CommissionDiffers,

    /// <summary>Two officers must approve the amount, and only one has sent the file.</summary>
    SecondOfficer,
}
