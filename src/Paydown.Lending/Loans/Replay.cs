using System.Diagnostics;
using Paydown.Lending.Allocation;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Interest;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// Replays the events of one loan in order of value date, then of recording. A reversed event is left out, as if it had
/// never happened; a backdated one comes in its order. Lives for one replay. docs/replay.md shows one by hand, and what
/// is true after each event.
/// </summary>
internal sealed class Replay
{
    private readonly FutureRules rules;

    private Replay(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly asOf, DateOnly endOfDayOn)
    {
        (Terms, Events, AsOf, EndOfDayOn) = (terms, events, asOf, endOfDayOn);
        Order = EventOrder.Of(events, terms.Allocation.Strategy);
        Log = new TransactionLog(events.Count + 1);
        rules = new FutureRules(terms.Allocation);
        Book = new InstallmentBook([]);
        Interest = new FixedInterest(terms, Book);
    }

    public LoanTerms Terms { get; }

    /// <summary>The events as they were given.</summary>
    public IReadOnlyList<LoanEvent> Events { get; }

    public DateOnly AsOf { get; }

    /// <summary>The last day whose overdue penalties and late interest count.</summary>
    public DateOnly EndOfDayOn { get; }

    public EventOrder Order { get; }

    public TransactionLog Log { get; }

    public InstallmentBook Book { get; private set; }

    public IInterestStrategy Interest { get; private set; }

    /// <summary>Principal paid out so far, in minor units; 0 until the schedule starts.</summary>
    public long Disbursed { get; private set; }

    /// <summary>Money of the customer that is left over, in minor units.</summary>
    public long Overpaid { get; set; }

    public bool IsWrittenOff { get; private set; }

    /// <summary>The day on which the debt left the books, and is owed still; null: it did not.</summary>
    public DateOnly? ChargedOffOn { get; set; }

    /// <summary>How many rows have passed the day on which their overdue penalty is decided.</summary>
    public int PenaltiesDecided { get; set; }

    /// <summary>The loan as the events leave it.</summary>
    /// <exception cref="InvalidOperationException">An event is not in the loan's currency.</exception>
    public static Loan Run(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly asOf, DateOnly endOfDayOn)
    {
        if (events.OfType<MoneyEvent>().FirstOrDefault(one => one.Amount.Currency != terms.Currency) is { } other)
            throw new InvalidOperationException($"The event {other.Id} is not in {terms.Currency}.");
        var replay = Of(terms, events, asOf, endOfDayOn);
        Reversals.ShowAsTheyStood(replay);
        return LoanSnapshot.Of(replay);
    }

    /// <summary>A replay of all events.</summary>
    public static Replay Of(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly asOf, DateOnly endOfDayOn)
    {
        var replay = new Replay(terms, events, asOf, endOfDayOn);
        foreach (var loanEvent in replay.Order.Events)
            replay.Take(loanEvent);
        if (replay.Disbursed == 0)
            replay.Book = new(ScheduleRules.Build(terms, terms.Principal.MinorUnits, terms.SubmittedOn));
        else
            replay.ContinueTo(endOfDayOn);
        return replay;
    }

    /// <summary>Lets a replay of all events run on to a later day.</summary>
    public void ContinueTo(DateOnly on) => MoveTo(on, isPayment: false);

    /// <summary>The first disbursement: its rows, and the strategy that keeps their interest.</summary>
    public void Start(Disbursed first)
    {
        if (Terms.RecalculatesRows)
        {
            var history = Order.PaymentsOf(Terms, first, EndOfDayOn);
            var cumulative = new CumulativeInterest(Terms, history, first.Amount.MinorUnits, first.On, AsOf);
            (Book, Interest) = (cumulative.Book, cumulative);
            Book.MarkMet(first.On);
            return;
        }

        Book = new InstallmentBook(ScheduleRules.Build(Terms, first.Amount.MinorUnits, first.On));
        Book.MarkMet(first.On);
        Interest = Terms.RecalculatesInterest
            ? new ProgressiveInterest(Terms, Book, first.On, Order.InterestPauses)
            : new FixedInterest(Terms, Book);
    }

    /// <summary>Counts a disbursement, whose rows are in the book already.</summary>
    public void Count(Disbursed disbursed)
    {
        Disbursed += disbursed.Amount.MinorUnits;
        Record(disbursed, default);
    }

    /// <summary>Written-off debt bears no further interest.</summary>
    public void EndByWriteOff()
    {
        IsWrittenOff = true;
        Interest = new FixedInterest(Terms, Book);
    }

    /// <summary>Money settles debts; what is left over is overpaid.</summary>
    public void Pay(LoanEventId id, PaymentSource source, DateOnly on, long amount)
    {
        var left = Allocate(source, amount, on);
        var lines = Book.TakeLines(out var settled);
        Overpaid += left;
        Record(
            new TransactionState
            {
                Id = id,
                Kind = LoanEventKinds.Of(source),
                Source = source,
                On = on,
                Amount = amount,
                Components = settled,
                Overpaid = left,
                Lines = lines,
            }
        );
    }

    /// <summary>Settles debts on the book.</summary>
    /// <returns>The money that is left, in minor units.</returns>
    public long Allocate(PaymentSource source, long money, DateOnly on)
    {
        var rule = rules.For(source);
        Interest.ShowPayable(on, money, rule);
        var left = AllocationRules.Allocate(Book, Terms.Allocation, source, rule, money, on);
        Interest.AfterPayment(on);
        return left;
    }

    /// <summary>Records an event with the effect that it had.</summary>
    public void Record(LoanEvent loanEvent, ComponentAmounts components, long overpaid = 0) =>
        Record(
            new TransactionState
            {
                Id = loanEvent.Id,
                Kind = loanEvent.Kind,
                On = loanEvent.On,
                Amount = loanEvent is MoneyEvent money ? money.Amount.MinorUnits : components.Total,
                Components = components,
                Overpaid = overpaid,
            }
        );

    /// <summary>Records a transaction with the balances right after it.</summary>
    public void Record(TransactionState transaction)
    {
        var outstanding = Book.Outstanding();
        (transaction.IsAfterWriteOff, transaction.IsAfterChargeOff) = (IsWrittenOff, ChargedOffOn is not null);
        (transaction.PrincipalBalance, transaction.TotalBalance) = (outstanding.Principal, outstanding.Total);
        Log.Add(transaction);
    }

    private void Take(LoanEvent loanEvent)
    {
        // A reversed event must not even cut the days for which interest is rounded.
        if (Order.IsReversed(loanEvent.Id))
        {
            if (loanEvent.HasTransaction)
                Log.AddReversed(loanEvent, loanEvent.Id, loanEvent.Kind);
            return;
        }

        // The order of events knows these from the start.
        if (loanEvent is EventReversed or ArrearsPaused or ArrearsResumed or InterestPaused)
            return;
        MoveTo(Order.CountsFrom(loanEvent), loanEvent is PaymentReceived);
        // After a write-off an event meets the debts as they were, and what it leaves is written off again.
        if (IsWrittenOff)
            WriteOffs.Reopen(Book);
        Apply(loanEvent);
        if (IsWrittenOff)
            WriteOffs.WriteOffRest(Book);
    }

    // Interest and penalties up to a day. A payment asks for the rows as they can be paid, so only penalties need them.
    private void MoveTo(DateOnly on, bool isPayment)
    {
        if (!isPayment || Terms.OverduePenalty is not null)
            Interest.ShowRows(on);
        Penalties.Decide(this, on);
    }

    private void Apply(LoanEvent loanEvent)
    {
        switch (loanEvent)
        {
            case Disbursed disbursement:
                Disbursements.Apply(this, disbursement);
                break;
            case PaymentReceived payment:
                Pay(payment.Id, payment.Source, payment.On, payment.Amount.MinorUnits);
                break;
            case ChargeApplied charge:
                Charges.Apply(this, charge);
                break;
            case ChargeWaived waiver:
                Charges.Waive(this, waiver);
                break;
            case InterestWaived waiver:
                Charges.Waive(this, waiver);
                break;
            case OverpaymentRefunded refund:
                Overpayments.Return(this, refund);
                break;
            case PaymentChargedBack chargeback:
                Overpayments.TakeBack(this, chargeback);
                break;
            case ChargeAdjusted credit:
                Charges.Adjust(this, credit);
                break;
            case LoanAct act:
                PlanActs.Apply(this, act);
                break;
            case LoanWrittenOff writeOff:
                WriteOffs.Apply(this, writeOff);
                break;
            case FutureRuleChanged change:
                rules.Change(change);
                break;
            default:
                throw new UnreachableException($"The replay has no case for {loanEvent.GetType().Name}.");
        }
    }
}
