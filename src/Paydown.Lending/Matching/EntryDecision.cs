using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Matching;

/// <summary>What becomes of an entry.</summary>
public enum MatchOutcome
{
    /// <summary>It verifies a report.</summary>
    Verify,

    /// <summary>It is the money of a repayment that an officer has verified: nothing is posted.</summary>
    Confirm,

    /// <summary>It pays a loan, and nobody has reported it.</summary>
    Record,

    /// <summary>It takes back an earlier entry.</summary>
    Reverse,

    /// <summary>The bank has booked a transfer of the lender.</summary>
    Settle,

    /// <summary>A transfer of the lender came back.</summary>
    Returned,

    /// <summary>The bank has booked money that goes back to its payer by an officer's order.</summary>
    SendBack,

    /// <summary>A collector passes on what it has collected.</summary>
    Remittance,

    /// <summary>A charge of the bank, or one given back.</summary>
    BankCharge,

    /// <summary>Interest of the bank on the lender's account.</summary>
    BankInterest,

    /// <summary>A transfer between accounts of the lender.</summary>
    OwnTransfer,

    /// <summary>An officer must decide between what was found.</summary>
    Decide,

    /// <summary>Nothing was found.</summary>
    Unmatched,

    /// <summary>The bank has not booked it: it is not money yet.</summary>
    Pending,
}

/// <summary>
/// The rule that decided, with the number that is stored and never changes. Rules 1 to 9 are about money that came, 10
/// to 19 about other entries.
/// </summary>
public enum MatchRule
{
    /// <summary>The entry names a transfer of the lender.</summary>
    Transfer = 0,

    /// <summary>The entry names several loans.</summary>
    SeveralLoans = 1,

    /// <summary>The loan is closed, collected by others, or of another currency.</summary>
    LoanTakesNoMoney = 2,

    /// <summary>The entry names one loan, and a report of that loan has its amount.</summary>
    ReferenceAndAmount = 3,

    /// <summary>The entry names one loan, and its open reports have other amounts.</summary>
    AmountDiffers = 4,

    /// <summary>The entry names one loan without an open report.</summary>
    ReferenceAlone = 5,

    /// <summary>The entry has the payer's own words of a report, and its amount.</summary>
    OwnWords = 6,

    /// <summary>The structured field has a reference of another creditor.</summary>
    OtherCreditor = 7,

    /// <summary>The payer's account and the amount are those of a report.</summary>
    AccountAndAmount = 8,

    /// <summary>No rule applies.</summary>
    None = 9,

    /// <summary>The bank has not booked the entry.</summary>
    NotBooked = 10,

    /// <summary>The entry takes back an earlier one, or returns a payment of the lender.</summary>
    TakenBack = 11,

    /// <summary>The entry is a charge or interest of the bank.</summary>
    OfTheBank = 12,

    /// <summary>The other side is an account of the lender.</summary>
    OwnAccount = 13,

    /// <summary>A collective booking whose details do not add up to it.</summary>
    DetailsDiffer = 14,

    /// <summary>The entry is the money of a return to a payer that an officer ordered.</summary>
    ReturnToPayer = 15,

    /// <summary>An earlier statement of the day may have the same money in another form.</summary>
    Restated = 16,

    /// <summary>The entry is money of a collector, which has paid its loans already.</summary>
    Remittance = 17,
}

/// <summary>What the rules decide about an entry, and why.</summary>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Reasons">Why, in sentences for an officer. At least one.</param>
public sealed record EntryDecision(MatchOutcome Outcome, MatchRule Rule, IReadOnlyList<string> Reasons)
{
    /// <summary>The repayment, for <see cref="MatchOutcome.Verify"/> and <see cref="MatchOutcome.Confirm"/>.</summary>
    public RepaymentId? RepaymentId { get; init; }

    /// <summary>The loan that the entry pays or names; null if it names none or several.</summary>
    public LoanId? LoanId { get; init; }

    /// <summary>
    /// The entry that is taken back, for <see cref="MatchOutcome.Reverse"/>; the one whose money goes back, for
    /// <see cref="MatchOutcome.SendBack"/>.
    /// </summary>
    public StatementEntryId? EntryId { get; init; }

    /// <summary>The transfer, for <see cref="MatchOutcome.Settle"/> and <see cref="MatchOutcome.Returned"/>.</summary>
    public TransferId? TransferId { get; init; }

    /// <summary>The collector, for <see cref="MatchOutcome.Remittance"/>.</summary>
    public CollectorId? CollectorId { get; init; }

    /// <summary>The collector's file whose money it is; null if the entry names none or several.</summary>
    public CollectorFileId? CollectorFileId { get; init; }

    /// <summary>True if the rules act on it without an officer.</summary>
    public bool IsAutomatic => Outcome is not (MatchOutcome.Decide or MatchOutcome.Unmatched or MatchOutcome.Pending);
}
