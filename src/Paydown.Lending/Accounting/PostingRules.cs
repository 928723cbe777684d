using Paydown.Lending.Loans;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Accounting;

/// <summary>
/// The accounting policy: one method a business event, and nowhere else. Amounts come from the fold. docs/accounting.md
/// shows each as a table of debits and credits. Interest is recognised when it is paid: each rule that moves interest
/// goes with
/// <see cref="InterestAccrued"/>.
/// </summary>
public static class PostingRules
{
    /// <summary>The loan is paid out.</summary>
    public static JournalEntry LoanDisbursed(LoanTransaction disbursement, Currency currency) =>
        Draft(JournalEntryKind.LoanDisbursed, disbursement, currency, "Loan disbursed")
            .Debit(LoanPrincipal, disbursement.AmountMinor)
            .Credit(FundingAccount, disbursement.AmountMinor)
            .Balanced();

    /// <summary>The down payment is collected by itself at disbursement.</summary>
    public static JournalEntry DownPaymentCollected(LoanTransaction payment, Currency currency) =>
        MoneyReceived(Draft(JournalEntryKind.DownPaymentCollected, payment, currency, "Down payment"), payment);

    /// <summary>A repayment counts from now on.</summary>
    public static JournalEntry RepaymentVerified(LoanTransaction repayment, Currency currency) =>
        MoneyReceived(
            Draft(JournalEntryKind.RepaymentVerified, repayment, currency, $"Repayment {repayment.EventId}"),
            repayment);

    /// <summary>A repayment counts no longer: the opposite of what was booked for it.</summary>
    /// <param name="repayment">As it stood before the reversal.</param>
    /// <param name="on">The day of the reversal.</param>
    /// <param name="currency">The loan's.</param>
    public static JournalEntry RepaymentReversed(LoanTransaction repayment, DateOnly on, Currency currency) =>
        Settled(
                new JournalDraft(
                        JournalEntryKind.RepaymentReversed, repayment.EventId, on, currency,
                        $"Repayment {repayment.EventId} reversed")
                    .Credit(CollectionAccount, repayment.AmountMinor),
                default(Parts) - repayment.Parts, -repayment.OverpaidMinor)
            .Balanced();

    /// <summary>A replay split a payment anew: the difference to what was booked.</summary>
    /// <param name="before">As it was booked.</param>
    /// <param name="after">As the replay splits it.</param>
    /// <param name="on">The day of the change that made the replay.</param>
    /// <param name="currency">The loan's.</param>
    public static JournalEntry AllocationAdjusted(
        LoanTransaction before, LoanTransaction after, DateOnly on, Currency currency) =>
        Settled(
                new JournalDraft(
                    JournalEntryKind.AllocationAdjusted, after.EventId, on, currency,
                    $"Payment {after.EventId} of {after.On:yyyy-MM-dd} allocated anew"),
                after.Parts - before.Parts, after.OverpaidMinor - before.OverpaidMinor)
            .Balanced();

    /// <summary>Interest becomes income; a negative amount takes it back.</summary>
    /// <param name="eventId">The payment that it was paid with.</param>
    /// <param name="interestMinor">Paid beyond what was accrued before.</param>
    /// <param name="on">The day on which it counts.</param>
    /// <param name="currency">The loan's.</param>
    public static JournalEntry InterestAccrued(Guid eventId, long interestMinor, DateOnly on, Currency currency) =>
        new JournalDraft(JournalEntryKind.InterestAccrued, eventId, on, currency, $"Interest of payment {eventId}")
            .Debit(InterestReceivable, interestMinor)
            .Credit(InterestIncome, interestMinor)
            .Balanced();

    /// <summary>A fee or penalty is charged, by an officer or by the terms of the loan.</summary>
    public static JournalEntry ChargeApplied(LoanTransaction charge, Currency currency) =>
        Charged(Draft(JournalEntryKind.ChargeApplied, charge, currency, $"Charge {charge.EventId}"), charge.Parts);

    /// <summary>
    /// A replay changed a penalty of the terms, or made it needless: the difference to what was booked.
    /// </summary>
    public static JournalEntry ChargeAdjusted(Guid chargeId, Parts difference, DateOnly on, Currency currency) =>
        Charged(
            new JournalDraft(
                JournalEntryKind.ChargeAdjusted, chargeId, on, currency, $"Charge {chargeId} computed anew"),
            difference);

    /// <summary>What a loan pays out goes to the customer's wallet instead of a bank account.</summary>
    /// <param name="disbursementId">The event of the loan.</param>
    /// <param name="amount">What is paid out.</param>
    /// <param name="on">Value date.</param>
    public static JournalEntry DisbursedToWallet(Guid disbursementId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.DisbursedToWallet, disbursementId, amount, on, "Loan paid out to the wallet",
            FundingAccount, CustomerWallet);

    /// <summary>A fee that is kept back from what is paid out.</summary>
    public static JournalEntry DisbursementFeeDeducted(Guid disbursementId, Money fee, DateOnly on, string name) =>
        Moved(JournalEntryKind.DisbursementFeeDeducted, disbursementId, fee, on, $"{name}, kept back",
            CustomerWallet, FeeIncome);

    /// <summary>
    /// A repayment is paid out of the wallet; that it settles the loan is booked by <see cref="RepaymentVerified"/>.
    /// </summary>
    public static JournalEntry RepaidFromWallet(Guid repaymentId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.RepaidFromWallet, repaymentId, amount, on, $"Repayment {repaymentId} from the wallet",
            CustomerWallet, CollectionAccount);

    /// <summary>A repayment out of the wallet is reversed: its money comes back.</summary>
    public static JournalEntry ReturnedToWallet(Guid repaymentId, Money amount, DateOnly on) =>
        Moved(JournalEntryKind.ReturnedToWallet, repaymentId, amount, on,
            $"Repayment {repaymentId} returned to the wallet", CollectionAccount, CustomerWallet);

    private static JournalEntry Moved(
        JournalEntryKind kind, Guid subjectId, Money amount, DateOnly on, string narration, LedgerAccount debited,
        LedgerAccount credited) =>
        new JournalDraft(kind, subjectId, on, amount.Currency, narration)
            .Debit(debited, amount.MinorUnits)
            .Credit(credited, amount.MinorUnits)
            .Balanced();

    private static JournalDraft Draft(
        JournalEntryKind kind, LoanTransaction transaction, Currency currency, string narration) =>
        new(kind, transaction.EventId, transaction.On, currency, narration);

    private static JournalEntry MoneyReceived(JournalDraft draft, LoanTransaction payment) =>
        Settled(draft.Debit(CollectionAccount, payment.AmountMinor), payment.Parts, payment.OverpaidMinor).Balanced();

    private static JournalDraft Settled(JournalDraft draft, Parts settled, long overpaidMinor) =>
        draft.Credit(PenaltiesReceivable, settled.Penalty)
            .Credit(FeesReceivable, settled.Fees)
            .Credit(InterestReceivable, settled.Interest)
            .Credit(LoanPrincipal, settled.Principal)
            .Credit(OwedToCustomer, overpaidMinor);

    private static JournalEntry Charged(JournalDraft draft, Parts charged) =>
        draft.Debit(FeesReceivable, charged.Fees)
            .Debit(PenaltiesReceivable, charged.Penalty)
            .Credit(FeeIncome, charged.Fees)
            .Credit(PenaltyIncome, charged.Penalty)
            .Balanced();
}
