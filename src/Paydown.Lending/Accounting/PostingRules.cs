using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Accounting;

/// <summary>
/// What each event of a loan posts: one method per event. Amounts come from the fold. docs/accounting.md shows each as
/// a table of debits and credits. Interest is recognised by <see cref="InterestAccrued"/>: as it is earned, or together
/// with the rule that moves it. <see cref="AdjustingEntries"/> correct these entries later;
/// <see cref="WalletPostings"/> has the customer's wallet.
/// </summary>
public static class PostingRules
{
    /// <summary>The entry for an event's effect; null if it moves nothing in the ledger.</summary>
    /// <param name="transaction">The event and its effect.</param>
    /// <param name="accrues">True if interest is recognised as it is earned.</param>
    public static JournalEntry? Booked(LoanTransaction transaction, bool accrues = false) =>
        transaction.Kind switch
        {
            LoanEventKind.Disbursement => LoanDisbursed(transaction),
            LoanEventKind.DownPayment => DownPaymentCollected(transaction),
            LoanEventKind.Repayment when transaction.IsOffTheBooks => MoneyRecovered(transaction),
            LoanEventKind.Repayment => RepaymentVerified(transaction),
            LoanEventKind.Charge => ChargeApplied(transaction),
            LoanEventKind.Waiver => DebtWaived(transaction),
            LoanEventKind.WriteOff => LoanWrittenOff(transaction, accrues),
            LoanEventKind.ChargeOff => LoanChargedOff(transaction, accrues),
            LoanEventKind.CreditBalanceRefund => OverpaymentRefunded(transaction),
            LoanEventKind.Chargeback => PaymentChargedBack(transaction),
            LoanEventKind.GoodwillCredit
            or LoanEventKind.MerchantIssuedRefund
            or LoanEventKind.PayoutRefund
            or LoanEventKind.InterestRefund
            or LoanEventKind.InterestPaymentWaiver
            or LoanEventKind.ChargeAdjustment => CreditGiven(transaction),
            _ => null,
        };

    /// <summary>The loan is paid out.</summary>
    public static JournalEntry LoanDisbursed(LoanTransaction disbursement) =>
        Draft(JournalEntryKind.LoanDisbursed, disbursement)
            .Debit(PrincipalOf(disbursement), disbursement.Amount)
            .Credit(FundingAccount, disbursement.Amount)
            .Balanced();

    /// <summary>The down payment is collected automatically at disbursement.</summary>
    public static JournalEntry DownPaymentCollected(LoanTransaction payment) =>
        MoneyReceived(Draft(JournalEntryKind.DownPaymentCollected, payment), payment);

    /// <summary>A repayment counts from now on.</summary>
    public static JournalEntry RepaymentVerified(LoanTransaction repayment) =>
        MoneyReceived(Draft(JournalEntryKind.RepaymentVerified, repayment), repayment);

    /// <summary>A repayment of a loan that was charged off or written off: what was lost is found again.</summary>
    public static JournalEntry MoneyRecovered(LoanTransaction repayment) =>
        MoneyReceived(Draft(JournalEntryKind.MoneyRecovered, repayment), repayment);

    /// <summary>Interest becomes income; a negative amount takes it back.</summary>
    /// <param name="subjectId">The event that it is recognised with; the loan if time alone has earned it.</param>
    /// <param name="interest">Earned or paid beyond what was accrued before.</param>
    /// <param name="on">The day on which it counts.</param>
    /// <param name="suspended">The part of it that is no income yet; null: none.</param>
    public static JournalEntry InterestAccrued(
        SubjectId subjectId,
        Money interest,
        DateOnly on,
        Money? suspended = null
    ) =>
        new JournalDraft(JournalEntryKind.InterestAccrued, subjectId, on, interest.Currency)
            .Debit(InterestReceivable, interest)
            .Credit(InterestInSuspense, suspended?.MinorUnits ?? 0)
            .Credit(InterestIncome, interest.MinorUnits - (suspended?.MinorUnits ?? 0))
            .Balanced();

    /// <summary>
    /// Interest leaves the suspense: it becomes income because it is paid or the loan is current again, or it reduces
    /// the expense of the loss. A negative amount puts it back.
    /// </summary>
    /// <param name="subjectId">The event that releases it; the loan if it is none.</param>
    /// <param name="released">What leaves the suspense.</param>
    /// <param name="from">What of it was lost with the loan before.</param>
    /// <param name="to">What of it is lost now.</param>
    /// <param name="on">The day on which it counts.</param>
    /// <returns>Null if nothing moves.</returns>
    public static JournalEntry? SuspenseReleased(
        SubjectId subjectId,
        Money released,
        LostInterest from,
        LostInterest to,
        DateOnly on
    ) =>
        new JournalDraft(JournalEntryKind.SuspenseReleased, subjectId, on, released.Currency)
            .Debit(InterestInSuspense, released)
            .Debit(from.Account, from.Amount)
            .Credit(to.Account, to.Amount)
            .Credit(InterestIncome, released - (to.Amount - from.Amount))
            .BalancedOrNone();

    /// <summary>A fee or penalty is charged, by an officer or by the terms of the loan.</summary>
    /// <returns>Null once the loan is off the books: nobody expects that income.</returns>
    public static JournalEntry? ChargeApplied(LoanTransaction charge)
    {
        var charged = charge.IsOffTheBooks ? default : charge.Components;
        return Draft(JournalEntryKind.ChargeApplied, charge)
            .Debit(FeesReceivable, charged.Fees)
            .Debit(PenaltiesReceivable, charged.Penalty)
            .Credit(FeeIncome, charged.Fees)
            .Credit(PenaltyIncome, charged.Penalty)
            .BalancedOrNone();
    }

    /// <summary>Unpaid fees and penalties are forgiven: their income is taken back.</summary>
    /// <returns>
    /// Null if interest is forgiven, which is no income before it is paid; and once the loan is off the books, where
    /// all is lost.
    /// </returns>
    public static JournalEntry? DebtWaived(LoanTransaction waiver)
    {
        var waived = waiver.IsOffTheBooks ? default : waiver.Components;
        return Draft(JournalEntryKind.DebtWaived, waiver)
            .Debit(FeeIncome, waived.Fees)
            .Debit(PenaltyIncome, waived.Penalty)
            .Credit(FeesReceivable, waived.Fees)
            .Credit(PenaltiesReceivable, waived.Penalty)
            .BalancedOrNone();
    }

    /// <summary>
    /// The lender no longer expects the money: the receivables become an expense. Interest that was never recognised is
    /// not among them.
    /// </summary>
    /// <param name="writeOff">The write-off.</param>
    /// <param name="accrues">True if the earned interest was recognised.</param>
    /// <returns>
    /// Null if only interest was owed that was never recognised, and if a charge-off has booked the loss.
    /// </returns>
    public static JournalEntry? LoanWrittenOff(LoanTransaction writeOff, bool accrues = false)
    {
        var lost = LostBy(writeOff, accrues);
        return Draft(JournalEntryKind.LoanWrittenOff, writeOff)
            .Debit(WriteOffExpense, lost.Total)
            .Credit(PenaltiesReceivable, lost.Penalty)
            .Credit(FeesReceivable, lost.Fees)
            .Credit(InterestReceivable, lost.Interest)
            .Credit(LoanPrincipal, lost.Principal)
            .BalancedOrNone();
    }

    /// <summary>
    /// The lender counts the loan as lost: the receivables become expenses, one for each kind of debt. The customer
    /// owes it still.
    /// </summary>
    /// <inheritdoc cref="LoanWrittenOff"/>
    public static JournalEntry? LoanChargedOff(LoanTransaction chargeOff, bool accrues = false)
    {
        var lost = LostBy(chargeOff, accrues);
        return Draft(JournalEntryKind.LoanChargedOff, chargeOff)
            .Debit(ChargeOffExpense, lost.Principal)
            .Debit(ChargeOffInterest, lost.Interest)
            .Debit(ChargeOffCharges, lost.Fees + lost.Penalty)
            .Credit(PenaltiesReceivable, lost.Penalty)
            .Credit(FeesReceivable, lost.Fees)
            .Credit(InterestReceivable, lost.Interest)
            .Credit(LoanPrincipal, lost.Principal)
            .BalancedOrNone();
    }

    /// <summary>
    /// An overpayment goes back to the customer; what was refunded beyond it, which a later reversal can cause, is owed
    /// again.
    /// </summary>
    public static JournalEntry? OverpaymentRefunded(LoanTransaction refund) =>
        Draft(JournalEntryKind.OverpaymentRefunded, refund)
            .Debit(OwedToCustomer, refund.Overpaid)
            .Debit(PrincipalOf(refund), refund.Components.Principal)
            .Credit(CollectionAccount, refund.Amount)
            .BalancedOrNone();

    /// <summary>
    /// The payer's bank took a payment back: what was overpaid is gone, the rest is owed again. Interest is income when
    /// it is paid, so interest that is owed again is no income until then.
    /// </summary>
    public static JournalEntry? PaymentChargedBack(LoanTransaction chargeback) =>
        Draft(JournalEntryKind.PaymentChargedBack, chargeback)
            .Debit(OwedToCustomer, chargeback.Overpaid)
            .Debit(PrincipalOf(chargeback), chargeback.Components.Principal)
            .Debit(InterestIncome, chargeback.Components.Interest)
            .Debit(FeesReceivable, chargeback.Components.Fees)
            .Debit(PenaltiesReceivable, chargeback.Components.Penalty)
            .Credit(CollectionAccount, chargeback.Amount)
            .BalancedOrNone();

    /// <summary>
    /// Debts are settled without the customer: by the lender out of goodwill, or with money that a merchant or the
    /// payee of a payout sent back.
    /// </summary>
    public static JournalEntry? CreditGiven(LoanTransaction credit) =>
        Settled(
                Draft(JournalEntryKind.CreditGiven, credit)
                    .Debit(
                        credit.Kind switch
                        {
                            LoanEventKind.GoodwillCredit => GoodwillExpense,
                            LoanEventKind.InterestRefund or LoanEventKind.InterestPaymentWaiver => InterestIncome,
                            LoanEventKind.ChargeAdjustment => credit.IsForPenalty ? PenaltyIncome : FeeIncome,
                            _ => CollectionAccount,
                        },
                        credit.Amount
                    ),
                credit
            )
            .BalancedOrNone();

    private static JournalDraft Draft(JournalEntryKind kind, LoanTransaction transaction) =>
        new(kind, transaction.EventId.AsSubject, transaction.On, transaction.Amount.Currency);

    private static JournalEntry MoneyReceived(JournalDraft draft, LoanTransaction payment) =>
        Settled(draft.Debit(CollectionAccount, payment.Amount), payment).Balanced();

    private static ComponentAmounts LostBy(LoanTransaction loss, bool accrues) =>
        loss.IsOffTheBooks ? default
        : accrues ? loss.Components
        : loss.Components with { Interest = 0 };

    // What has left the receivables cannot be settled there: it is recovered.
    private static JournalDraft Settled(JournalDraft draft, LoanTransaction payment)
    {
        if (payment.IsOffTheBooks)
            draft.Credit(RecoveryIncome, payment.Components.Total);
        var settled = payment.IsOffTheBooks ? default : payment.Components;
        return draft
            .Credit(PenaltiesReceivable, settled.Penalty)
            .Credit(FeesReceivable, settled.Fees)
            .Credit(InterestReceivable, settled.Interest)
            .Credit(LoanPrincipal, settled.Principal)
            .Credit(OwedToCustomer, payment.Overpaid);
    }

    // Principal that is given once the loan is off the books is lost at once, like all that is left of it.
    private static LedgerAccount PrincipalOf(LoanTransaction transaction) =>
        transaction.IsAfterChargeOff ? ChargeOffExpense
        : transaction.IsAfterWriteOff ? WriteOffExpense
        : LoanPrincipal;
}
