using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Accounting;

/// <summary>
/// What an entry of a bank statement posts that is not a repayment or a transfer: one method per event. An amount is
/// positive for money in, and negative for money out, which changes the sides. docs/accounting.md shows each as a table
/// of debits and credits.
/// </summary>
public static class StatementPostings
{
    /// <summary>Money has arrived, or left, and nobody has identified it yet.</summary>
    /// <param name="entryId">The bank's entry.</param>
    /// <param name="bank">The account of the ledger that stands for the bank account.</param>
    /// <param name="amount">As the bank booked it.</param>
    /// <param name="on">Value date.</param>
    public static JournalEntry MoneyUnidentified(
        StatementEntryId entryId,
        LedgerAccount bank,
        Money amount,
        DateOnly on
    ) => Moved(JournalEntryKind.MoneyUnidentified, entryId, amount, on, bank, UnidentifiedReceipts);

    /// <summary>
    /// Unidentified money is identified. What it is posts the bank account again, in the same transaction.
    /// </summary>
    /// <inheritdoc cref="MoneyUnidentified"/>
    public static JournalEntry MoneyIdentified(
        StatementEntryId entryId,
        LedgerAccount bank,
        Money amount,
        DateOnly on
    ) => Moved(JournalEntryKind.MoneyIdentified, entryId, amount, on, UnidentifiedReceipts, bank);

    /// <summary>The bank has taken a charge, or given one back.</summary>
    /// <inheritdoc cref="MoneyUnidentified"/>
    public static JournalEntry BankCharged(StatementEntryId entryId, LedgerAccount bank, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.BankCharged, entryId, amount, on, bank, BankCharges);

    /// <summary>The bank has paid interest, or taken it.</summary>
    /// <inheritdoc cref="MoneyUnidentified"/>
    public static JournalEntry BankInterestPaid(
        StatementEntryId entryId,
        LedgerAccount bank,
        Money amount,
        DateOnly on
    ) => Moved(JournalEntryKind.BankInterestPaid, entryId, amount, on, bank, BankInterest);

    /// <summary>Unidentified money is to go back to its payer.</summary>
    /// <param name="entryId">The bank's entry of the money.</param>
    /// <param name="amount">Its amount.</param>
    /// <param name="on">The day of the order.</param>
    public static JournalEntry ReturnOrdered(StatementEntryId entryId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.PayerReturnOrdered, entryId, amount, on, UnidentifiedReceipts, PayoutClearing);

    /// <summary>The bank has booked the money that goes back to a payer. The entry is that of the money out.</summary>
    /// <inheritdoc cref="MoneyUnidentified"/>
    public static JournalEntry ReturnPaid(StatementEntryId entryId, LedgerAccount bank, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.PayerReturnPaid, entryId, amount, on, bank, PayoutClearing);

    /// <summary>A decision on a bank's entry is undone: its entry in the journal is taken back.</summary>
    /// <param name="entryId">The bank's entry.</param>
    /// <param name="undone">The journal entry of the decision.</param>
    /// <param name="on">The day of the change.</param>
    public static JournalEntry Undone(StatementEntryId entryId, JournalEntry undone, DateOnly on) =>
        new JournalDraft(JournalEntryKind.BankEntryUndone, entryId.AsSubject, on, undone.Currency)
            .Minus(undone)
            .Balanced();

    private static JournalEntry Moved(
        JournalEntryKind kind,
        StatementEntryId entryId,
        Money amount,
        DateOnly on,
        LedgerAccount debited,
        LedgerAccount credited
    ) =>
        new JournalDraft(kind, entryId.AsSubject, on, amount.Currency)
            .Debit(debited, amount)
            .Credit(credited, amount)
            .Balanced();
}
