using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>What became of a bank statement.</summary>
[JsonConverter(typeof(WordConverter<StatementState>))]
public enum StatementState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Its entries are stored and matched.</summary>
    Taken,

    /// <summary>Its balances do not add up; an officer must confirm it.</summary>
    Held,

    /// <summary>An officer discarded it.</summary>
    Discarded,
}

/// <summary>Whether the balances of a statement add up.</summary>
[JsonConverter(typeof(WordConverter<BalanceCheck>))]
public enum BalanceCheck
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Opening balance and entries make the closing balance.</summary>
    AddUp,

    /// <summary>They do not.</summary>
    DoNotAddUp,

    /// <summary>The file does not state both balances.</summary>
    NotStated,
}

/// <summary>How far the bank is with an entry.</summary>
[JsonConverter(typeof(WordConverter<BankEntryStatus>))]
public enum BankEntryStatus
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It is booked.</summary>
    Book,

    /// <summary>It is announced and not booked yet.</summary>
    Pdng,

    /// <summary>It only informs.</summary>
    Info,
}

/// <summary>What an entry of a bank statement is.</summary>
[JsonConverter(typeof(WordConverter<EntryState>))]
public enum EntryState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The rules have not decided about it yet.</summary>
    Waiting,

    /// <summary>The bank has announced it and not booked it.</summary>
    Announced,

    /// <summary>It pays a repayment, found by the rules.</summary>
    Matched,

    /// <summary>An officer must choose or confirm.</summary>
    ToDecide,

    /// <summary>Nobody knows what it is.</summary>
    Unmatched,

    /// <summary>It is no repayment: a charge or interest of the bank.</summary>
    NotARepayment,

    /// <summary>An officer has assigned it to one or more loans.</summary>
    Assigned,

    /// <summary>An officer has set it aside.</summary>
    Ignored,

    /// <summary>The bank has taken it back, or it takes another entry back.</summary>
    Reversed,

    /// <summary>It is the money of a transfer to a customer, on its way out.</summary>
    Settled,

    /// <summary>It is the money of a transfer to a customer, which came back.</summary>
    Returned,

    /// <summary>An officer has ordered that it goes back to its payer; it is on its way.</summary>
    ReturnOrdered,

    /// <summary>It went back to its payer, or it is the money by which another entry went back.</summary>
    ReturnedToPayer,

    /// <summary>It is a collective booking, in whose place its details from a notification are.</summary>
    Itemised,

    /// <summary>The bank had announced it, and has booked it: the booking is the money.</summary>
    Booked,
}

/// <summary>What an entry is that concerns only the bank and the lender.</summary>
[JsonConverter(typeof(WordConverter<BankMovement>))]
public enum BankMovement
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A charge of the bank.</summary>
    BankCharge,

    /// <summary>Interest of the bank.</summary>
    BankInterest,
}

/// <summary>What a suggestion for an entry rests on, the surest first.</summary>
[JsonConverter(typeof(WordConverter<SuggestionKind>))]
public enum SuggestionKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The entry and others that wait make up a report together.</summary>
    CompletesReport,

    /// <summary>The entry names several loans, and their reports make up its amount.</summary>
    SplitsOverLoans,

    /// <summary>The entry names the loan, and the amount differs from the report.</summary>
    NamesLoan,

    /// <summary>An officer has assigned money of the payer's account to the loan before.</summary>
    PaidBefore,

    /// <summary>The payer's words or account are in the report, and the amount is equal.</summary>
    OneOfSeveral,

    /// <summary>A word in the entry differs little from the reference of the loan.</summary>
    SimilarReference,

    /// <summary>The payer's account is that of a report; amount or day differ.</summary>
    SameAccount,

    /// <summary>The payer's account is one of the customer's, who has not reported the money.</summary>
    CustomersAccount,

    /// <summary>The payer's name is that of a customer, and the amount that of a report.</summary>
    SameNameAndAmount,
}

/// <summary>Who has an item in transit, while the other does not.</summary>
[JsonConverter(typeof(WordConverter<TransitSide>))]
public enum TransitSide
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The ledger.</summary>
    Ledger,

    /// <summary>The balance of the last statement.</summary>
    Bank,
}

/// <summary>What an item in transit is.</summary>
[JsonConverter(typeof(WordConverter<TransitKind>))]
public enum TransitKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A repayment that an officer verified, and that no bank entry pays.</summary>
    Repayment,

    /// <summary>A loan or withdrawal that was paid out, and that no bank entry shows.</summary>
    Payout,

    /// <summary>Another booking that no bank entry shows.</summary>
    OtherBooking,

    /// <summary>A bank entry that no stated balance has yet; it is booked.</summary>
    LaterStatement,

    /// <summary>Booked for another bank account than the one whose statement has it.</summary>
    OtherAccount,

    /// <summary>A bank entry that the rules have not decided about yet.</summary>
    NotMatched,

    /// <summary>A bank entry that an officer has set aside.</summary>
    SetAside,

    /// <summary>The bank entry of a transfer that failed in the books, or that came back without having left.</summary>
    NotBooked,

    /// <summary>A bank entry that is booked on a later day.</summary>
    BookedLater,

    /// <summary>A bank entry that another one on a later statement takes back.</summary>
    Reversed,
}
