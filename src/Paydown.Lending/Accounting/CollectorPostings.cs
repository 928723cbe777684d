using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Accounting;

/// <summary>
/// What the money of collectors posts: one method per event. These entries belong to no loan. Like the money of
/// wallets, it passes through the collection account, so the entries of a loan equal its fold. docs/accounting.md shows
/// each as a table of debits and credits.
/// </summary>
public static class CollectorPostings
{
    /// <summary>
    /// A collector has collected a repayment and keeps its commission.
    /// <see cref="PostingRules.RepaymentVerified"/> books what it settles.
    /// </summary>
    /// <param name="repaymentId">The repayment.</param>
    /// <param name="amount">What the borrower paid.</param>
    /// <param name="commission">The part that the collector keeps.</param>
    /// <param name="on">The day on which the borrower paid.</param>
    public static JournalEntry Collected(RepaymentId repaymentId, Money amount, Money commission, DateOnly on) =>
        Held(JournalEntryKind.CollectorCollected, repaymentId, amount, on, commission).Balanced();

    /// <summary>A collected repayment is reversed: the exact opposite of <see cref="Collected"/>.</summary>
    /// <inheritdoc cref="Collected"/>
    public static JournalEntry TakenBack(RepaymentId repaymentId, Money amount, Money commission, DateOnly on) =>
        Held(JournalEntryKind.CollectionTakenBack, repaymentId, -amount, on, -commission).Balanced();

    /// <summary>A collector's money has arrived in a bank account of the lender, or has left it again.</summary>
    /// <param name="entryId">The bank's entry.</param>
    /// <param name="bank">The account of the ledger that stands for the bank account.</param>
    /// <param name="amount">As the bank booked it.</param>
    /// <param name="on">Value date.</param>
    public static JournalEntry Remitted(StatementEntryId entryId, LedgerAccount bank, Money amount, DateOnly on) =>
        new JournalDraft(JournalEntryKind.CollectorRemitted, entryId.AsSubject, on, amount.Currency)
            .Debit(bank, amount)
            .Credit(CollectorReceivable, amount)
            .Balanced();

    private static JournalDraft Held(
        JournalEntryKind kind,
        RepaymentId repaymentId,
        Money amount,
        DateOnly on,
        Money commission
    ) =>
        new JournalDraft(kind, repaymentId.AsSubject, on, amount.Currency)
            .Debit(CollectorReceivable, amount - commission)
            .Debit(CollectionCommission, commission)
            .Credit(CollectionAccount, amount);
}
