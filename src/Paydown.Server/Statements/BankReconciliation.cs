using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Statements;

/// <summary>Who has an item in transit, while the other does not.</summary>
public enum TransitSide
{
    /// <summary>The ledger. The balance of the last statement does not have it.</summary>
    Ledger,

    /// <summary>The balance of the last statement. The ledger of the account does not have it.</summary>
    Bank,
}

/// <summary>What an item in transit is.</summary>
public enum TransitKind
{
    /// <summary>A repayment that an officer verified, and that no bank entry pays.</summary>
    Repayment,

    /// <summary>A loan or withdrawal that was paid out, and that no bank entry shows.</summary>
    Payout,

    /// <summary>Another booking that no bank entry shows: a refund, a chargeback, or one of these undone.</summary>
    OtherBooking,

    /// <summary>A bank entry that no stated balance has yet; it is booked.</summary>
    LaterStatement,

    /// <summary>Booked for another bank account than the one whose statement has it.</summary>
    OtherAccount,

    /// <summary>A bank entry that the rules have not decided about yet.</summary>
    NotMatched,

    /// <summary>A bank entry that an officer has set aside, because it is booked elsewhere.</summary>
    SetAside,

    /// <summary>The bank entry of a transfer that failed in the books, or that came back without having left.</summary>
    NotBooked,

    /// <summary>A bank entry that is booked on a later day.</summary>
    BookedLater,

    /// <summary>A bank entry that was taken back; the entry that takes it back is on a later statement.</summary>
    Reversed,
}

/// <summary>
/// What the bank has on an account and what the ledger has, with all that makes the difference:
/// <c>statementBalance = ledgerBalance + openingDifference + missing + notBooked − inTransit + unexplained</c>.
/// </summary>
public sealed record BankReconciliation
{
    /// <summary>The lender's bank account.</summary>
    public required CollectionAccountId CollectionAccountId { get; init; }

    /// <summary>What officers call the account.</summary>
    public required string AccountName { get; init; }

    /// <summary>The IBAN or number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The last statement with a balance; null if there is none.</summary>
    public required BankStatementId? BankStatementId { get; init; }

    /// <summary>The name of its file; null if there is none.</summary>
    public required string? FileName { get; init; }

    /// <summary>The date of its closing balance; null if there is none.</summary>
    public required DateOnly? StatementDate { get; init; }

    /// <summary>Its closing balance; null if there is none.</summary>
    public required Money? StatementBalance { get; init; }

    /// <summary>
    /// What the ledger has of this account: the bookings of its entries; and for the oldest account those that no entry
    /// shows.
    /// </summary>
    public required Money LedgerBalance { get; init; }

    /// <summary>
    /// The balance before the first statement, less what was booked before it without an entry; null without a
    /// statement.
    /// </summary>
    public required Money? OpeningDifference { get; init; }

    /// <summary>What balances show and no entry does: a statement is missing, or does not add up.</summary>
    public required Money Missing { get; init; }

    /// <summary>The sum of the items that only the statements have.</summary>
    public required Money NotBooked { get; init; }

    /// <summary>The sum of the items that only the ledger has.</summary>
    public required Money InTransit { get; init; }

    /// <summary>What is left. It is zero, or the books are broken.</summary>
    public required Money Unexplained { get; init; }

    /// <summary>The items by kind.</summary>
    public required IReadOnlyList<TransitTotal> Items { get; init; }
}

/// <summary>The items in transit of one kind.</summary>
/// <param name="Side">Who has them.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Amount">Their sum, positive for money in.</param>
/// <param name="OldestOn">The day of the oldest.</param>
public sealed record TransitTotal(TransitSide Side, TransitKind Kind, int Count, Money Amount, DateOnly OldestOn);

/// <summary>Money that only the ledger or only the balance of the bank has.</summary>
public sealed record TransitItem
{
    /// <summary>Who has it.</summary>
    public required TransitSide Side { get; init; }

    /// <summary>What it is.</summary>
    public required TransitKind Kind { get; init; }

    /// <summary>Positive for money in, negative for money out.</summary>
    public required Money Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The effective date of its booking, or the booking date of its bank entry.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The bank entry; null if there is none.</summary>
    public required StatementEntryId? EntryId { get; init; }

    /// <summary>The name of the other side of the bank entry; null if unknown.</summary>
    public required string? CounterpartyName { get; init; }

    /// <summary>The customer; null if it concerns none.</summary>
    public required CustomerId? CustomerId { get; init; }

    /// <summary>The customer's first and last name; null if it concerns none.</summary>
    public required string? CustomerName { get; init; }

    /// <summary>The loan account; null if it concerns none.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>The repayment; null if it is none.</summary>
    public required RepaymentId? RepaymentId { get; init; }

    /// <summary>The kind of its first entry in the journal; null for what is not booked.</summary>
    public required JournalEntryKind? BookedAs { get; init; }
}
