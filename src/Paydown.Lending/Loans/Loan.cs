using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// The state of a loan on a day: a pure function of its terms and events. Nothing else computes balances. Immutable.
/// Amounts by component are minor units of the loan's currency.
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
    /// The events that change what is owed or paid, in order of value date, each with its effect. Down payments and
    /// overdue penalties that the replay makes itself have ids derived from the disbursement.
    /// </summary>
    public required IReadOnlyList<LoanTransaction> Transactions { get; init; }

    /// <summary>
    /// Fees and penalties that were not reversed, in the order in which they count, and how far each is paid.
    /// </summary>
    public required IReadOnlyList<LoanCharge> Charges { get; init; }

    /// <summary>The amount owed over the whole schedule, by component.</summary>
    public required ComponentAmounts Outstanding { get; init; }

    /// <summary>The amount paid so far, by component.</summary>
    public required ComponentAmounts Paid { get; init; }

    /// <summary>Principal disbursed so far.</summary>
    public required Money Disbursed { get; init; }

    /// <summary>Money beyond everything owed; it is owed to the customer.</summary>
    public required Money Overpaid { get; init; }

    /// <summary>The total of <see cref="WrittenOff"/>.</summary>
    public Money TotalWrittenOff => Money(WrittenOff.Total);

    /// <summary>What was written off and not recovered since, by component.</summary>
    public required ComponentAmounts WrittenOff { get; init; }

    /// <summary>
    /// The day on which the lender counted the loan as lost, though the customer owes it still; null: it did not.
    /// </summary>
    public required DateOnly? ChargedOffOn { get; init; }

    /// <summary>True if it is paid out, not settled, and neither charged off nor written off.</summary>
    public bool IsOnTheBooks => Status is LoanStatus.Active or LoanStatus.InArrears && ChargedOffOn is null;

    /// <summary>
    /// Principal owed again: taken back by the payer's bank (chargeback), or refunded beyond the overpayment. So always
    /// disbursed + returned = principal paid + outstanding + written off.
    /// </summary>
    public required Money Returned { get; init; }

    /// <summary>
    /// The amount that closes the loan on <see cref="AsOf"/>: all that is outstanding, with recalculated interest only
    /// through the day (or rest date) that the terms name; after a write-off, what was written off and not recovered.
    /// </summary>
    public required ComponentAmounts Payoff { get; init; }

    /// <summary>
    /// Last day on which <see cref="Payoff"/> still closes the loan if nothing else happens; null: no day changes it.
    /// </summary>
    public required DateOnly? PayoffHoldsThrough { get; init; }

    /// <summary>False if the balances change as days pass (recalculated interest).</summary>
    public required bool HoldsOnAnyDay { get; init; }

    /// <summary>
    /// The days on which the clock of the days past due stands still: in order, none in two pauses. See
    /// <see cref="Arrears"/>.
    /// </summary>
    public required IReadOnlyList<DayRange> ArrearsPauses { get; init; }

    /// <summary>The days without interest: in order, none in two pauses.</summary>
    public required IReadOnlyList<DayRange> InterestPauses { get; init; }

    /// <summary>An amount of the loan's currency.</summary>
    public Money Money(long minorUnits) => new(minorUnits, Terms.Currency);

    /// <summary>
    /// Replays the events of a loan, in order of value date and then of recording, and shows the state on a day.
    /// </summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="events">All events, in any order; those after <paramref name="asOf"/> count too, as agreed in
    /// advance.</param>
    /// <param name="asOf">The day to show: decides what is overdue and how far recalculated interest has run.</param>
    /// <param name="endOfDayOn">
    /// Last day whose overdue penalties and late interest count; null: <paramref name="asOf"/>. Earlier if only the
    /// end of day books them, as in the published histories.
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
