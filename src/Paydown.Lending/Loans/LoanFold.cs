using System.Diagnostics;
using Paydown.Lending.Allocation;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Interest;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// The fold over the events of one loan: in order of value date, then of recording. What was reversed is left out, so
/// that it is as if it had never been; what is backdated comes in its order. Lives for one replay.
/// </summary>
internal sealed partial class LoanFold
{
    // The amount is exact at the first attempt but for odd terms; by then any 63 bits have been halved away.
    private const int PayoffAttemptsMax = 100;

    private readonly LoanTerms terms;
    private readonly DateOnly asOf;
    private readonly DateOnly endOfDayOn;
    private readonly EventOrder order;
    private readonly List<TransactionState> transactions;
    private InstallmentBook book;
    private ProgressiveRecalculation? recalculation;
    private long? closing;
    private Dictionary<PaymentSource, FutureRule>? changedRules;
    private FutureRule defaultRule;
    private Guid firstDisbursement;
    private long disbursed;
    private long returned;
    private long overpaid;
    private bool isWrittenOff;
    private int penaltiesDecided;
    private List<ChargeApplied>? beforeDisbursement;

    private LoanFold(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly asOf, DateOnly endOfDayOn)
    {
        this.terms = terms;
        this.asOf = asOf;
        this.endOfDayOn = endOfDayOn;
        order = EventOrder.Of(events, terms.Allocation.Strategy);
        transactions = new List<TransactionState>(events.Count + 1);
        defaultRule = terms.Allocation.DefaultFutureRule;
        book = new InstallmentBook([]);
    }

    public static Loan Run(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly asOf, DateOnly endOfDayOn)
    {
        var fold = new LoanFold(terms, events, asOf, endOfDayOn);
        fold.RunEvents();
        fold.ShowReversed(events);
        return fold.ToLoan(events);
    }

    private void RunEvents()
    {
        foreach (var loanEvent in order.Events)
        {
            // What was taken back must not even cut the days for which interest is rounded.
            if (order.IsReversed(loanEvent.Id))
            {
                RecordReversed(loanEvent, loanEvent.Id, loanEvent.Kind);
                continue;
            }

            if (loanEvent is EventReversed)
                continue;
            MoveTo(order.CountsFrom(loanEvent), loanEvent is PaymentReceived);
            Apply(loanEvent);
        }

        if (disbursed == 0)
            book = new InstallmentBook(ScheduleRules.Build(terms, terms.PrincipalMinor, terms.SubmittedOn));
        else
            MoveTo(endOfDayOn, isPayment: false);
    }

    // Interest and penalties up to a day. A payment makes its own view of the schedule.
    private void MoveTo(DateOnly on, bool isPayment)
    {
        recalculation?.Advance(on);
        if (!isPayment || terms.OverduePenalty is not null)
            recalculation?.Project();
        DecidePenalties(on);
    }

    // After a write-off an event meets the debts as they were, and what it leaves is written off again.
    private void Apply(LoanEvent loanEvent)
    {
        if (isWrittenOff)
            ReopenWrittenOff();
        ApplyOpen(loanEvent);
        if (isWrittenOff)
            WriteOffRest();
    }

    private void ApplyOpen(LoanEvent loanEvent)
    {
        switch (loanEvent)
        {
            case Disbursed disbursement:
                Disburse(disbursement);
                break;
            case PaymentReceived payment:
                Pay(payment.Id, payment.Source, payment.On, payment.AmountMinor);
                break;
            case ChargeApplied charge:
                Charge(charge);
                break;
            case ChargeWaived waiver:
                Waive(waiver, book.WaiveCharge(waiver.ChargeId, AmountMax(waiver), waiver.On));
                break;
            case InterestWaived waiver:
                Waive(waiver, book.WaiveInterest(AmountMax(waiver), waiver.On));
                break;
            case OverpaymentRefunded refund:
                Return(refund);
                break;
            case PaymentChargedBack chargeback:
                TakeBack(chargeback);
                break;
            case LoanWrittenOff writeOff:
                WriteOff(writeOff);
                break;
            case FutureRuleChanged change:
                ChangeRule(change);
                break;
            default:
                throw new UnreachableException($"The replay has no case for {loanEvent.GetType().Name}.");
        }
    }

    private void Disburse(Disbursed loanEvent)
    {
        int? downPaymentAt = terms.DownPayment is null ? null : 0;
        if (disbursed == 0)
            Start(loanEvent);
        else
            downPaymentAt = AddTranche(loanEvent);
        disbursed += loanEvent.AmountMinor;
        Record(loanEvent.Id, loanEvent.Kind, loanEvent.On, loanEvent.AmountMinor, default, 0, []);
        ApplyPendingCharges();
        SpendOverpayment(loanEvent.On);
        if (terms.DownPayment is not { Automatic: true })
            return;
        // An overpayment may have met it already.
        var (id, amount) = (
            DerivedId.DownPayment(loanEvent.Id),
            downPaymentAt is { } at && book.Rows[at].IsDownPayment ? book.Rows[at].Outstanding.Principal : 0
        );
        if (amount == 0)
            return;
        if (order.IsReversed(id))
            RecordReversed(loanEvent, id, LoanEventKind.DownPayment);
        else
            Pay(id, PaymentSource.DownPayment, loanEvent.On, amount);
    }

    private void Start(Disbursed loanEvent)
    {
        firstDisbursement = loanEvent.Id;
        var rows = terms.RecalculatesRows
            ? order.RecalculatedRows(terms, loanEvent, asOf, endOfDayOn, out closing)
            : ScheduleRules.Build(terms, loanEvent.AmountMinor, loanEvent.On);
        book = new InstallmentBook(rows);
        book.MarkMet(loanEvent.On);
        if (terms.RecalculatesInterest && !terms.RecalculatesRows)
            recalculation = new ProgressiveRecalculation(terms, book, loanEvent.On);
    }

    // Charges agreed before there was a schedule.
    private void ApplyPendingCharges()
    {
        if (beforeDisbursement is not { } waiting)
            return;
        beforeDisbursement = null;
        foreach (var charge in waiting)
            Charge(charge);
    }

    // Where its down payment is; null: there is none.
    private int? AddTranche(Disbursed loanEvent)
    {
        var downPaymentAt = Tranches.AddDownPayment(terms, book, loanEvent.AmountMinor, loanEvent.On);
        if (downPaymentAt is { } index)
            Insert(index);
        var (extendedAt, count) = Tranches.Extend(terms, book, loanEvent.On);
        if (count > 0)
        {
            recalculation?.Extend(extendedAt, count);
            for (var i = 0; i < count; i++)
                Renumber(extendedAt);
            MergeAfterMaturity(extendedAt);
        }

        var before = book.Rows.ToArray();
        Tranches.Spread(terms, book, loanEvent.AmountMinor, loanEvent.On);
        recalculation?.Grow(before);
        recalculation?.Project();
        return downPaymentAt;
    }

    // What was recorded before goes by the numbers of the installments as they are now.
    private void Insert(int index)
    {
        recalculation?.Insert(index);
        if (index < penaltiesDecided)
            penaltiesDecided++;
        Renumber(index);
    }

    private void MergeAfterMaturity(int extendedAt)
    {
        if (!book.Rows[^1].IsAdded)
            return;
        var (last, on) = (book.Count, book.Rows[^1].DueOn);
        for (var i = extendedAt; i < last - 1; i++)
        {
            if (on > book.Rows[i].DueOn)
                continue;
            book.MergeLastInto(i);
            foreach (var transaction in transactions)
                for (var line = 0; line < transaction.Lines.Length; line++)
                    if (transaction.Lines[line].InstallmentNumber == last)
                        transaction.Lines[line] = transaction.Lines[line] with { InstallmentNumber = i + 1 };
            return;
        }

        book.Rows[^1].FromOn = book.Rows[^2].DueOn;
    }

    private void Renumber(int index)
    {
        foreach (var transaction in transactions)
        {
            for (var i = 0; i < transaction.Lines.Length; i++)
            {
                var line = transaction.Lines[i];
                if (line.InstallmentNumber > index)
                    transaction.Lines[i] = line with { InstallmentNumber = line.InstallmentNumber + 1 };
            }
        }
    }

    private void Pay(Guid id, PaymentSource kind, DateOnly on, long amount)
    {
        var left = Allocate(kind, amount, on);
        var lines = book.TakeLines(out var parts);
        overpaid += left;
        Record(id, LoanEventKinds.Of(kind), on, amount, parts, left, lines);
    }

    private long Allocate(PaymentSource kind, long money, DateOnly on)
    {
        if (recalculation is null)
            return AllocationRules.Allocate(book, terms.Allocation, RuleFor(kind), money, on);
        MakePayable(money, on, RuleFor(kind));
        var left = AllocationRules.Allocate(book, terms.Allocation, RuleFor(kind), money, on);
        recalculation.Settle();
        recalculation.Project();
        if (recalculation.ReduceInstallments())
            recalculation.Project();
        book.MarkMet(on);
        return left;
    }

    // Less than what closes the loan pays interest till its own day only; but it must not close it for less.
    private void MakePayable(long money, DateOnly on, FutureRule rule)
    {
        var (partOn, closingOn) = (RestOn(on), ClosingRestOn(on));
        recalculation!.MakePayable(closingOn, rule);
        if (rule == FutureRule.Reamortization && book.Outstanding().Total <= money)
            recalculation.SplitEvenly(money);
        if (closingOn == partOn || book.Outstanding().Total <= money)
            return;
        recalculation.MakePayable(partOn, rule);
        if (book.Outstanding().Total <= money)
            recalculation.MakePayable(closingOn, rule);
    }

    // Till when interest runs if the loan is closed on a day. A progressive loan rests on its due dates then, however
    // often it rests otherwise (docs/decisions/0018).
    private DateOnly ClosingRestOn(DateOnly on)
    {
        if (terms.Recalculation is not { PreClosure: PreClosure.TillRestFrequencyDate })
            return on;
        if (terms.ScheduleType == ScheduleType.Progressive)
            return DueOnOrAfter(on);
        var restOn = RestDates.OnOrAfter(terms, book.Rows[0].FromOn, on);
        foreach (ref readonly var row in book.Rows)
            if (row.DueOn >= on && row.DueOn < restOn)
                return row.DueOn;
        return restOn;
    }

    // Till when interest runs if a progressive loan is paid in part on a day.
    private DateOnly RestOn(DateOnly on) => terms.RestsOnDueDates ? DueOnOrAfter(on) : on;

    private DateOnly DueOnOrAfter(DateOnly on)
    {
        foreach (ref readonly var row in book.Rows)
            if (!row.IsDownPayment && !row.IsAdded && row.DueOn >= on)
                return row.DueOn;
        return on;
    }

    // A charge counts from its due date or from its recording, whichever is earlier.
    private void Charge(ChargeApplied loanEvent)
    {
        if (disbursed == 0)
        {
            (beforeDisbursement ??= []).Add(loanEvent);
            return;
        }

        var component = EventOrder.ComponentOf(loanEvent);
        var on = EventOrder.EffectiveOn(loanEvent);
        book.AddCharge(loanEvent.Id, component, loanEvent.AmountMinor, loanEvent.DueOn);
        Record(
            loanEvent.Id,
            loanEvent.Kind,
            on,
            loanEvent.AmountMinor,
            ComponentAmounts.Of(component, loanEvent.AmountMinor),
            0,
            []
        );
        SpendOverpayment(debtOn: null);
    }

    private void Waive(MoneyEvent waiver, ComponentAmounts waived) =>
        Record(waiver.Id, waiver.Kind, waiver.On, waived.Total, waived, 0, []);

    private static long AmountMax(MoneyEvent waiver) => waiver.AmountMinor == 0 ? long.MaxValue : waiver.AmountMinor;

    private void ChangeRule(FutureRuleChanged change)
    {
        if (change.Source is { } kind)
            (changedRules ??= [])[kind] = change.Rule;
        else
            defaultRule = change.Rule;
    }

    private FutureRule RuleFor(PaymentSource kind)
    {
        if (changedRules is not null && changedRules.TryGetValue(kind, out var changed))
            return changed;
        return terms.Allocation.FutureRules.TryGetValue(kind, out var agreed) ? agreed : defaultRule;
    }

    // What an installment costs that stays unpaid, once: from the day after its due date and the days of grace.
    private void DecidePenalties(DateOnly through)
    {
        if (terms.OverduePenalty is not { } penalty || disbursed == 0 || isWrittenOff)
            return;
        if (through > endOfDayOn)
            through = endOfDayOn;
        for (; penaltiesDecided < book.Count && !book.Rows[penaltiesDecided].IsAdded; penaltiesDecided++)
        {
            var row = book.Rows[penaltiesDecided];
            var on = row.DueOn.AddDays(penalty.GraceDays + 1);
            if (on > through)
                return;
            var overdue =
                row.Outstanding.Principal
                + (penalty.Of == OverduePenaltyBase.PrincipalAndInterestOverdue ? row.Outstanding.Interest : 0);
            var amount = Significant.ToMinor(overdue * penalty.Percent / 100m);
            if (amount <= 0)
                continue;
            var id = DerivedId.Penalty(firstDisbursement, penaltiesDecided + 1);
            book.AddCharge(id, Component.Penalty, amount, on, penaltiesDecided);
            Record(id, LoanEventKind.Charge, on, amount, new ComponentAmounts(0, 0, 0, amount), 0, []);
            OrderBeforeReversed();
        }
    }

    // What was taken back is kept without moving to its day, so a penalty of before may be decided after it.
    private void OrderBeforeReversed()
    {
        for (var i = transactions.Count - 1; i > 0; i--)
        {
            if (!transactions[i - 1].IsReversed || transactions[i - 1].On < transactions[i].On)
                return;
            (transactions[i - 1], transactions[i]) = (transactions[i], transactions[i - 1]);
        }
    }

    private void RecordReversed(LoanEvent loanEvent, Guid id, LoanEventKind kind)
    {
        if (loanEvent is EventReversed or FutureRuleChanged)
            return;
        transactions.Add(
            new TransactionState
            {
                Id = id,
                Kind = kind,
                On = loanEvent.On,
                Source = LoanEventKinds.SourceOf(kind),
                Amount = loanEvent is MoneyEvent money ? money.AmountMinor : 0,
                IsReversed = true,
            }
        );
    }

    private void Record(
        Guid id,
        LoanEventKind kind,
        DateOnly on,
        long amount,
        ComponentAmounts parts,
        long over,
        AllocationLine[] lines,
        long forgone = 0
    )
    {
        var outstanding = book.Outstanding();
        transactions.Add(
            new TransactionState
            {
                Id = id,
                Kind = kind,
                Source = LoanEventKinds.SourceOf(kind),
                On = on,
                Amount = amount,
                Components = parts,
                Overpaid = over,
                Lines = lines,
                IsAfterWriteOff = isWrittenOff,
                Forgone = forgone,
                PrincipalBalance = outstanding.Principal,
                TotalBalance = outstanding.Total,
            }
        );
    }
}
