using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

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
    ) => Loans.Replay.Run(terms, events, asOf, endOfDayOn ?? asOf);
}

/// <summary>
/// The states of a loan account. <see cref="InArrears"/> is <see cref="Active"/> with something overdue.
/// </summary>
public enum LoanStatus
{
    PendingDisbursement,
    Active,
    InArrears,
    Overpaid,
    Closed,
    WrittenOff,
}
