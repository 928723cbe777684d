using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Accounting;

/// <summary>
/// What each movement of a customer's wallet posts: one method per movement. These entries belong to no loan.
/// docs/accounting.md shows each as a table of debits and credits.
/// </summary>
public static class WalletPostings
{
    /// <summary>What a loan pays out goes to the customer's wallet instead of a bank account.</summary>
    /// <param name="disbursementId">The event of the loan.</param>
    /// <param name="amount">What is paid out.</param>
    /// <param name="on">Value date.</param>
    public static JournalEntry DisbursedToWallet(LoanEventId disbursementId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.DisbursedToWallet, disbursementId.AsSubject, amount, on, FundingAccount, CustomerWallet);

    /// <summary>A fee that is kept back from what is paid out.</summary>
    /// <param name="disbursementId">The event of the loan.</param>
    /// <param name="fee">The amount of the fee.</param>
    /// <param name="on">Value date.</param>
    /// <param name="name">The name of the fee, for its narration.</param>
    public static JournalEntry DisbursementFeeDeducted(
        LoanEventId disbursementId,
        Money fee,
        DateOnly on,
        string name
    ) =>
        Moved(
            JournalEntryKind.DisbursementFeeDeducted,
            disbursementId.AsSubject,
            fee,
            on,
            CustomerWallet,
            FeeIncome,
            name
        );

    /// <summary>A disbursement is undone: its whole amount leaves the wallet.</summary>
    /// <param name="disbursementId">The event of the loan.</param>
    /// <param name="amount">What was paid out.</param>
    /// <param name="on">The day of the change.</param>
    public static JournalEntry DisbursementTakenBack(LoanEventId disbursementId, Money amount, DateOnly on) =>
        Moved(
            JournalEntryKind.DisbursementTakenBack,
            disbursementId.AsSubject,
            amount,
            on,
            CustomerWallet,
            FundingAccount
        );

    /// <summary>The fees that were kept back from a disbursement that is undone come back.</summary>
    public static JournalEntry DisbursementFeesReturned(LoanEventId disbursementId, Money fees, DateOnly on) =>
        Moved(JournalEntryKind.DisbursementFeesReturned, disbursementId.AsSubject, fees, on, FeeIncome, CustomerWallet);

    /// <summary>
    /// A repayment is paid out of the wallet. <see cref="PostingRules.RepaymentVerified"/> books what it settles.
    /// </summary>
    public static JournalEntry RepaidFromWallet(RepaymentId repaymentId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.RepaidFromWallet, repaymentId.AsSubject, amount, on, CustomerWallet, CollectionAccount);

    /// <summary>A repayment out of the wallet is reversed: its money comes back.</summary>
    public static JournalEntry ReturnedToWallet(RepaymentId repaymentId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.ReturnedToWallet, repaymentId.AsSubject, amount, on, CollectionAccount, CustomerWallet);

    /// <summary>A customer sends money from the wallet to a bank account.</summary>
    /// <param name="transferId">The transfer.</param>
    /// <param name="amount">What the bank account is to get.</param>
    /// <param name="on">Value date.</param>
    public static JournalEntry FundsWithdrawn(TransferId transferId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.FundsWithdrawn, transferId.AsSubject, amount, on, CustomerWallet, PayoutClearing);

    /// <summary>The fee of a withdrawal, on top of its amount.</summary>
    public static JournalEntry WithdrawalFeeTaken(TransferId transferId, Money fee, DateOnly on) =>
        Moved(JournalEntryKind.WithdrawalFeeTaken, transferId.AsSubject, fee, on, CustomerWallet, FeeIncome);

    /// <summary>The money of a withdrawal has left the lender's bank account.</summary>
    public static JournalEntry WithdrawalSettled(TransferId transferId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.WithdrawalSettled, transferId.AsSubject, amount, on, PayoutClearing, FundingAccount);

    /// <summary>
    /// A withdrawal failed: its amount and its fee go back to the wallet.
    /// </summary>
    public static JournalEntry WithdrawalFailed(TransferId transferId, Money amount, Money fee, DateOnly on) =>
        new JournalDraft(JournalEntryKind.WithdrawalFailed, transferId.AsSubject, on, amount.Currency)
            .Debit(PayoutClearing, amount)
            .Debit(FeeIncome, fee)
            .Credit(CustomerWallet, (amount + fee))
            .Balanced();

    /// <summary>
    /// The money of a settled withdrawal came back to the lender's bank account: its amount goes back to the wallet.
    /// The fee does not, because the transfer was carried out.
    /// </summary>
    public static JournalEntry WithdrawalReturned(TransferId transferId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.WithdrawalReturned, transferId.AsSubject, amount, on, FundingAccount, CustomerWallet);

    /// <summary>
    /// An overpayment is paid into the wallet; the loan's side of it is booked by
    /// <see cref="PostingRules.OverpaymentRefunded"/>.
    /// </summary>
    public static JournalEntry RefundedToWallet(LoanEventId refundId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.RefundedToWallet, refundId.AsSubject, amount, on, CollectionAccount, CustomerWallet);

    /// <summary>A refund is undone: its money leaves the wallet again.</summary>
    public static JournalEntry RefundTakenBack(LoanEventId refundId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.RefundTakenBack, refundId.AsSubject, amount, on, CustomerWallet, CollectionAccount);

    private static JournalEntry Moved(
        JournalEntryKind kind,
        SubjectId subjectId,
        Money amount,
        DateOnly on,
        LedgerAccount debited,
        LedgerAccount credited,
        string? detail = null
    ) =>
        new JournalDraft(kind, subjectId, on, amount.Currency, detail)
            .Debit(debited, amount)
            .Credit(credited, amount)
            .Balanced();
}
