using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Accounting;

/// <summary>The business events that are booked. Their words are stored with every entry.</summary>
public enum JournalEntryKind
{
    LoanDisbursed,
    DownPaymentCollected,
    RepaymentVerified,
    RepaymentReversed,
    AllocationAdjusted,
    InterestAccrued,
    ChargeApplied,
    ChargeAdjusted,
    DisbursedToWallet,
    DisbursementFeeDeducted,
    RepaidFromWallet,
    ReturnedToWallet,
    FundsWithdrawn,
    WithdrawalFeeTaken,
    WithdrawalSettled,
    WithdrawalFailed,
    WithdrawalReturned,
    DebtWaived,
    LoanWrittenOff,
    MoneyRecovered,
    OverpaymentRefunded,
    RefundedToWallet,
    RefundTakenBack,
    PaymentChargedBack,
    CreditGiven,
    EventAdjusted,
    EventReversed,
    MoneyUnidentified,
    MoneyIdentified,
    BankCharged,
    BankInterestPaid,
    BankEntryUndone,
    SuspenseReleased,
    ProvisionChanged,
    PayerReturnOrdered,
    PayerReturnPaid,
    LoanChargedOff,
    DisbursementTakenBack,
    DisbursementFeesReturned,
    CollectorCollected,
    CollectionTakenBack,
    CollectorRemitted,
}

/// <summary>What the books know of each kind of entry.</summary>
public static class JournalEntryKinds
{
    /// <summary>
    /// True if a subject has at most one entry of this kind. Adjustments may follow each other, and so may the interest
    /// of a payment or of a day and the provision; a disbursement may have several fees; a replay can drop a penalty of
    /// the terms or a down payment and need it again; and what a bank's entry is can be decided, undone and decided
    /// again.
    /// </summary>
    public static bool IsBookedOnce(this JournalEntryKind kind) =>
        kind
            is not (
                JournalEntryKind.InterestAccrued
                or JournalEntryKind.DownPaymentCollected
                or JournalEntryKind.AllocationAdjusted
                or JournalEntryKind.ChargeApplied
                or JournalEntryKind.ChargeAdjusted
                or JournalEntryKind.EventAdjusted
                or JournalEntryKind.DisbursementFeeDeducted
                or JournalEntryKind.MoneyUnidentified
                or JournalEntryKind.MoneyIdentified
                or JournalEntryKind.BankCharged
                or JournalEntryKind.BankInterestPaid
                or JournalEntryKind.BankEntryUndone
                or JournalEntryKind.SuspenseReleased
                or JournalEntryKind.ProvisionChanged
                or JournalEntryKind.PayerReturnOrdered
                or JournalEntryKind.PayerReturnPaid
                or JournalEntryKind.CollectorRemitted
            );
}

/// <summary>
/// One line of an entry, in its currency: a debit is positive, a credit negative, never zero.
/// </summary>
public readonly record struct Posting(LedgerAccount Account, Money Amount);

/// <summary>
/// One entry of the journal: debits and credits of one currency that add up to zero. There is no other way to make one
/// than <see cref="JournalDraft.Balanced"/>, so an entry that does not balance does not exist.
/// </summary>
public sealed record JournalEntry
{
    internal JournalEntry(JournalDraft draft, IReadOnlyList<Posting> postings)
    {
        Kind = draft.Kind;
        SubjectId = draft.SubjectId;
        EffectiveOn = draft.EffectiveOn;
        Currency = draft.Currency;
        Detail = draft.Detail;
        Postings = postings;
    }

    public JournalEntryKind Kind { get; }

    /// <summary>The loan event, or the movement of the wallet, that it books.</summary>
    public SubjectId SubjectId { get; }

    /// <summary>The day on which it counts; the store also has the instant of writing.</summary>
    public DateOnly EffectiveOn { get; }

    public Currency Currency { get; }

    /// <summary>What the kind and the subject do not say: the name of a fee. Null for nothing.</summary>
    public string? Detail { get; }

    /// <summary>Two or more, in the order of the rule.</summary>
    public IReadOnlyList<Posting> Postings { get; }
}

/// <summary>An entry while a rule writes it down.</summary>
public sealed record JournalDraft(
    JournalEntryKind Kind,
    SubjectId SubjectId,
    DateOnly EffectiveOn,
    Currency Currency,
    string? Detail = null
)
{
    private readonly List<Posting> postings = new(6);

    /// <summary>
    /// An amount on the debit side; a negative amount is a credit. An account has one line, zero is left out.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not of the entry's currency.</exception>
    public JournalDraft Debit(LedgerAccount account, Money amount)
    {
        var line = postings.FindIndex(posting => posting.Account == account);
        if (line < 0)
            postings.Add(new Posting(account, Money.Zero(Currency) + amount));
        else
            postings[line] = new Posting(account, postings[line].Amount + amount);
        return this;
    }

    /// <summary>An amount on the credit side; a negative amount is a debit, zero is left out.</summary>
    public JournalDraft Credit(LedgerAccount account, Money amount) => Debit(account, -amount);

    /// <summary>A part of an amount by component, in minor units of the entry's currency.</summary>
    internal JournalDraft Debit(LedgerAccount account, long minorUnits) =>
        Debit(account, new Money(minorUnits, Currency));

    internal JournalDraft Credit(LedgerAccount account, long minorUnits) => Debit(account, -minorUnits);

    /// <summary>All lines of an entry, in order.</summary>
    public JournalDraft Plus(JournalEntry? entry) => Add(entry, isOpposite: false);

    /// <summary>All lines of an entry, debits as credits.</summary>
    public JournalDraft Minus(JournalEntry? entry) => Add(entry, isOpposite: true);

    /// <summary>The entry.</summary>
    /// <exception cref="InvalidOperationException">Debits and credits differ, or there are none.</exception>
    public JournalEntry Balanced() =>
        BalancedOrNone() ?? throw new InvalidOperationException($"{Kind} of {SubjectId} has no postings.");

    /// <summary>The entry; null if every line is zero.</summary>
    /// <exception cref="InvalidOperationException">Debits and credits differ.</exception>
    public JournalEntry? BalancedOrNone()
    {
        postings.RemoveAll(posting => posting.Amount.IsZero);
        var difference = Money.Sum(postings.Select(posting => posting.Amount), Currency);
        if (!difference.IsZero)
            throw new InvalidOperationException(
                $"{Kind} of {SubjectId} does not balance: the difference is {difference}."
            );
        return postings.Count == 0 ? null : new JournalEntry(this, postings);
    }

    private JournalDraft Add(JournalEntry? entry, bool isOpposite)
    {
        foreach (var posting in entry?.Postings ?? [])
            Debit(posting.Account, isOpposite ? -posting.Amount : posting.Amount);
        return this;
    }
}
