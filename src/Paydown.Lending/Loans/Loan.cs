namespace Paydown.Lending.Loans;

/// <summary>
/// The state of a loan on a day: a pure function of its terms and events. Nothing else computes balances. Immutable
/// once replayed. All amounts are minor units of the loan's currency.
/// </summary>
public sealed class Loan
{
    public required LoanTerms Terms { get; init; }

    /// <summary>The day this state shows.</summary>
    public required DateOnly AsOf { get; init; }

    public required LoanStatus Status { get; init; }

    /// <summary>In order of due date, numbered from 1 (a down payment is number 1).</summary>
    public required IReadOnlyList<Installment> Installments { get; init; }

    /// <summary>
    /// The events that change what is owed or paid, in order of value date, with what became of each; among them the
    /// down payment and the overdue penalties that the fold makes by itself, with ids derived from the disbursement.
    /// </summary>
    public required IReadOnlyList<LoanTransaction> Transactions { get; init; }

    /// <summary>Fees and penalties that stand, in the order in which they count, and what became of each.</summary>
    public required IReadOnlyList<LoanCharge> Charges { get; init; }

    /// <summary>What is owed over the whole schedule as it stands, by component.</summary>
    public required ComponentAmounts Outstanding { get; init; }

    /// <summary>What has been paid so far, by component.</summary>
    public required ComponentAmounts Paid { get; init; }

    /// <summary>Principal given out so far.</summary>
    public required long DisbursedMinor { get; init; }

    /// <summary>Money beyond all that is owed: owed to the customer.</summary>
    public required long OverpaidMinor { get; init; }

    /// <summary>All that was written off and not recovered since: <see cref="WrittenOff"/> in sum.</summary>
    public long WrittenOffMinor => WrittenOff.Total;

    /// <summary>What was written off and not recovered since, by component.</summary>
    public required ComponentAmounts WrittenOff { get; init; }

    /// <summary>
    /// Principal owed again: taken back by the payer's bank (chargeback), or refunded beyond the overpayment. So always
    /// disbursed + returned = principal paid + outstanding + written off.
    /// </summary>
    public required long ReturnedMinor { get; init; }

    /// <summary>
    /// What closes the loan on <see cref="AsOf"/>: all that is outstanding, with recalculated interest only till the
    /// day (or the next rest date) that the terms say; after a write-off, what was written off and not recovered.
    /// </summary>
    public required ComponentAmounts Payoff { get; init; }

    /// <summary>
    /// Last day on which <see cref="Payoff"/> still closes the loan if nothing else happens; null: no day changes it.
    /// </summary>
    public required DateOnly? PayoffHoldsThrough { get; init; }

    /// <summary>
    /// False where the balances of this state change with the mere passing of days (recalculated interest).
    /// </summary>
    public required bool HoldsOnAnyDay { get; init; }

    /// <summary>
    /// Replays the events of a loan, in order of value date and then of recording, and shows the state on a day.
    /// </summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="events">All that happened, in any order; those after <paramref name="asOf"/> count too, as agreed
    /// in advance.</param>
    /// <param name="asOf">The day to show: decides what is overdue and how far recalculated interest has run.</param>
    /// <param name="endOfDayOn">
    /// Last day whose overdue penalties and late interest count; null: <paramref name="asOf"/>. Earlier where only the
    /// end of day books them, as the published histories do.
    /// </param>
    public static Loan Replay(
        LoanTerms terms,
        IReadOnlyList<LoanEvent> events,
        DateOnly asOf,
        DateOnly? endOfDayOn = null
    ) => LoanFold.Run(terms, events, asOf, endOfDayOn ?? asOf);
}

/// <summary>
/// The states of a loan account. <see cref="InArrears"/> is <see cref="Active"/> with something overdue.
/// </summary>
public enum LoanStatus
{
    Submitted,
    Approved,
    PendingDisbursement,
    Active,
    InArrears,
    Overpaid,
    Closed,
    WrittenOff,
}

/// <summary>An amount by component, in minor units.</summary>
public readonly record struct ComponentAmounts(long Principal, long Interest, long Fees, long Penalty)
{
    public long Total => Principal + Interest + Fees + Penalty;

    /// <summary>True where every component is zero.</summary>
    public bool IsZero => Principal == 0 && Interest == 0 && Fees == 0 && Penalty == 0;

    /// <summary>One component.</summary>
    public long this[Component component] =>
        component switch
        {
            Component.Penalty => Penalty,
            Component.Fee => Fees,
            Component.Interest => Interest,
            _ => Principal,
        };

    /// <summary>An amount of one component.</summary>
    public static ComponentAmounts Of(Component component, long amount) =>
        component switch
        {
            Component.Penalty => new ComponentAmounts(0, 0, 0, amount),
            Component.Fee => new ComponentAmounts(0, 0, amount, 0),
            Component.Interest => new ComponentAmounts(0, amount, 0, 0),
            _ => new ComponentAmounts(amount, 0, 0, 0),
        };

    public static ComponentAmounts operator +(ComponentAmounts left, ComponentAmounts right) =>
        new(
            left.Principal + right.Principal,
            left.Interest + right.Interest,
            left.Fees + right.Fees,
            left.Penalty + right.Penalty
        );

    public static ComponentAmounts operator -(ComponentAmounts left, ComponentAmounts right) =>
        new(
            left.Principal - right.Principal,
            left.Interest - right.Interest,
            left.Fees - right.Fees,
            left.Penalty - right.Penalty
        );
}

/// <summary>One row of the schedule with what has become of it. Amounts in minor units.</summary>
public sealed record Installment
{
    public required int Number { get; init; }

    /// <summary>First day of its period.</summary>
    public required DateOnly FromOn { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>What it asks for (after waivers).</summary>
    public required ComponentAmounts Due { get; init; }

    public required ComponentAmounts Paid { get; init; }

    /// <summary>Of what was paid: before its due date.</summary>
    public required long PaidInAdvanceMinor { get; init; }

    /// <summary>Of what was paid: after its due date.</summary>
    public required long PaidLateMinor { get; init; }

    /// <summary>The day on which it became fully paid; null while something is outstanding.</summary>
    public required DateOnly? PaidOn { get; init; }

    /// <summary>Principal of the loan still owed by the schedule once this installment is paid.</summary>
    public required long PrincipalBalanceMinor { get; init; }

    public bool IsDownPayment { get; init; }

    /// <summary>What of it was waived; not part of <see cref="Due"/>.</summary>
    public ComponentAmounts Waived { get; init; }

    /// <summary>What of it is owed again, because a payment was charged back; part of <see cref="Due"/>.</summary>
    public ComponentAmounts Returned { get; init; }

    /// <summary>What of it was written off and not recovered since; not part of <see cref="Due"/>.</summary>
    public ComponentAmounts WrittenOff { get; init; }

    /// <summary>
    /// Interest of it that was not earned when the loan was written off: it fell away. Not part of <see cref="Due"/>.
    /// </summary>
    public long ForgoneInterestMinor { get; init; }

    public ComponentAmounts Outstanding => Due - Paid;

    public bool IsPaid => Outstanding.Total == 0;
}

/// <summary>A fee or penalty with what became of it. Amounts in minor units.</summary>
public sealed record LoanCharge
{
    /// <summary>The event; for an overdue penalty, <see cref="DerivedId.Penalty"/>.</summary>
    public required Guid EventId { get; init; }

    public required ChargeKind Kind { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>The installment that it was added to.</summary>
    public required int InstallmentNumber { get; init; }

    public required long AmountMinor { get; init; }

    public required long WaivedMinor { get; init; }

    public required long PaidMinor { get; init; }

    /// <summary>What is still owed of it.</summary>
    public long OutstandingMinor => AmountMinor - WaivedMinor - PaidMinor;
}

/// <summary>What one event came to in this replay. Amounts in minor units.</summary>
public sealed record LoanTransaction
{
    public required Guid EventId { get; init; }

    public required LoanEventKind Kind { get; init; }

    public required DateOnly On { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary>How the amount was split.</summary>
    public required ComponentAmounts Components { get; init; }

    /// <summary>Of the amount: beyond all that is owed.</summary>
    public required long OverpaidMinor { get; init; }

    /// <summary>Which installments got what, in the order of allocation, one line an installment.</summary>
    public required IReadOnlyList<AllocationLine> Lines { get; init; }

    /// <summary>Principal of the loan outstanding right after this transaction.</summary>
    public required long PrincipalBalanceMinor { get; init; }

    /// <summary>All that is outstanding on the loan right after this transaction.</summary>
    public required long TotalBalanceMinor { get; init; }

    /// <summary>
    /// True where the event was taken back: it counts for nothing, and shows what it came to until then.
    /// </summary>
    public required bool IsReversed { get; init; }

    /// <summary>
    /// True where it came after the loan was written off: money recovers what was lost, and what is owed anew is lost
    /// at once.
    /// </summary>
    public bool IsAfterWriteOff { get; init; }

    /// <summary>Of a write-off: interest of days to come that fell away; no part of <see cref="Components"/>.</summary>
    public long ForgoneInterestMinor { get; init; }
}

/// <summary>What one payment settled of one installment. Amounts in minor units.</summary>
public readonly record struct AllocationLine(int InstallmentNumber, DateOnly DueOn, ComponentAmounts Components);
