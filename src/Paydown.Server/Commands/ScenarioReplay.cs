using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>
/// Replays a scenario. Each step becomes a loan event, and each <c>check</c> replays the loan. It keeps no balances. It
/// books only the income that the published tables show as <c>Accrual</c>, because that depends on when the end of day
/// ran and not on the loan.
/// </summary>
internal sealed partial class ScenarioReplay
{
    private readonly List<LoanEvent> events = [];
    private readonly List<LoanEventId> payments = [];
    private readonly IReadOnlyList<PaymentSource> interestRefundFor;
    private readonly Dictionary<LoanEventId, LoanEventId> interestRefunds = [];
    private readonly AgreedCharges agreed = new();
    private readonly List<TransactionRow> fees = [];
    private readonly Stack<LoanEventId> waivers = [];
    private readonly HashSet<LoanEventId> waivedBeforeBooked = [];
    private readonly HashSet<LoanEventId> undone = [];
    private readonly Accruals accruals = new();
    private readonly bool showsReport;
    private readonly ScenarioArrears arrears;
    private LoanTerms terms;
    private DateOnly today;
    private DateOnly endOfDayOn = DateOnly.MinValue;
    private DateOnly lateThrough = DateOnly.MinValue;
    private readonly IReadOnlyList<(DateOnly On, Money Amount)> tranches;
    private bool isApproved;
    private DateOnly? closedOn;
    private DateOnly? givenUpOn;

    private ScenarioReplay(Scenario scenario)
    {
        interestRefundFor = scenario.InterestRefundFor;
        showsReport = scenario.AsksForReport;
        arrears = scenario.Arrears;
        tranches = scenario.Tranches;
        terms = scenario.Terms;
        today = terms.SubmittedOn;
    }

    /// <summary>The books at each <c>check</c>, with its step.</summary>
    /// <exception cref="ScenarioException">
    /// A step is impossible, for example an <c>undo</c> without a transaction to undo.
    /// </exception>
    public static IReadOnlyList<(ScenarioStep Step, JsonObject Shown)> Run(Scenario scenario)
    {
        var replay = new ScenarioReplay(scenario);
        foreach (var charge in scenario.Charges)
            replay.Charge(ScenarioReader.ReadCharge(new(0, "charge"), charge));
        var checks = new List<(ScenarioStep, JsonObject)>();
        foreach (var step in scenario.Steps)
        {
            if (step.Operation == "check")
                checks.Add((step, replay.Show(step)));
            else
                replay.Play(step);
        }

        return checks;
    }

    private void Play(ScenarioStep step)
    {
        switch (step.Operation)
        {
            case "today":
                today = step.On!.Value;
                return;
            case "approve":
                isApproved = true;
                terms = terms with { Principal = step.Amount!.Value };
                return;
            case "cob":
                EndDay();
                return;
            case "set_future_rule":
                ChangeRule(step);
                return;
            case "undo_interest_pause":
                UndoLast(step, loanEvent => loanEvent is InterestPaused);
                return;
            case "undo_charge_off":
                UndoLast(step, loanEvent => loanEvent is LoanChargedOff);
                return;
            case "undo_last_disbursal":
                undone.Add(UndoLast(step, loanEvent => loanEvent is Disbursed));
                break;
            case "charge_adjustment":
                Adjust(step);
                break;
            case "undo":
                Undo(step);
                break;
            case "charge":
                Charge(step);
                break;
            case "chargeback":
                TakeBack(step);
                break;
            case "payoff":
                PayOff(step);
                break;
            case "write_off":
                WriteOff(step);
                break;
            case "waive_charge":
                Waive(step);
                break;
            case "undo_waiver":
                UndoWaiver(step);
                break;
            case "disburse":
                Disburse(step);
                break;
            case "credit_balance_refund":
                Refund(step);
                break;
            case var _ when step.Act is { } act:
                Act(act);
                break;
            default:
                Pay(step);
                break;
        }

        RefreshInterestRefunds();
        AccrueAtClosing(step.On ?? today);
    }

    private void ChangeRule(ScenarioStep step) =>
        events.Add(
            new FutureRuleChanged
            {
                Id = NextId,
                Sequence = NextSequence,
                On = today,
                Source = step.RuleFor,
                Rule = step.Rule!.Value,
            }
        );

    private void WriteOff(ScenarioStep step) =>
        events.Add(
            new LoanWrittenOff
            {
                Id = NextId,
                Sequence = NextSequence,
                On = step.On!.Value,
            }
        );

    private void Disburse(ScenarioStep step)
    {
        // Installments before today are late at once. Later ones become late with the next end of day.
        if (step.On < today)
            lateThrough = today;
        var paidOut = DisbursementOf(NextId, NextSequence, step.On!.Value, step.Amount!.Value);
        var disbursed = DownPayments.Collect(terms, events, paidOut);
        events.Add(disbursed);
        ChargeForDisbursement(disbursed);
    }

    private void Refund(ScenarioStep step) =>
        events.Add(
            new OverpaymentRefunded
            {
                Id = NextId,
                Sequence = NextSequence,
                On = step.On!.Value,
                Amount = step.Amount!.Value,
            }
        );

    private void Pay(ScenarioStep step)
    {
        var payment = Pay(step.Source, step.On!.Value, step.Amount!.Value);
        if (step.Source == PaymentSource.Repayment)
            payments.Add(payment.Id);
        if (step.RefundsInterest ?? interestRefundFor.Contains(step.Source))
            RefundInterest(payment);
    }

    private PaymentReceived Pay(PaymentSource source, DateOnly on, Money amount)
    {
        var payment = new PaymentReceived
        {
            Id = NextId,
            Sequence = NextSequence,
            On = on,
            Amount = amount,
            Source = source,
        };
        events.Add(payment);
        return payment;
    }

    private void Charge(ScenarioStep step)
    {
        var charge = step.Charge!;
        if (charge.Time != ScenarioChargeTime.DueDate)
        {
            agreed.Agree(charge);
            ChargeInstallments(today);
            return;
        }

        var planned = AgreedCharges.Planned(Replay());
        var amount = step.Amount ?? charge.AmountFor(planned.Principal, planned.Interest);
        if (amount.IsPositive)
            Charge(charge.Kind, today, step.On!.Value, amount);
    }

    private LoanEventId Charge(ChargeKind kind, DateOnly on, DateOnly dueOn, Money amount)
    {
        var charge = new ChargeApplied
        {
            Id = NextId,
            Sequence = NextSequence,
            On = on,
            Amount = amount,
            Charge = kind,
            DueOn = dueOn,
        };
        events.Add(charge);
        return charge.Id;
    }

    private void ChargeForDisbursement(Disbursed disbursed)
    {
        var before = Loan.Replay(terms, events[..^1], today, lateThrough);
        var interest = AgreedCharges.Planned(Replay()).Interest;
        if (!before.Disbursed.IsZero)
            interest -= AgreedCharges.Planned(before).Interest;
        if (agreed.KeepBack(disbursed.Id, disbursed.Amount, interest) is { IsPositive: true } fee)
            fees.Add(
                new TransactionRow
                {
                    On = disbursed.On,
                    Sequence = 2 * events.Count,
                    Type = TransactionRow.FeeAtDisbursement,
                    Amount = fee,
                    Components = new ComponentAmounts(0, 0, fee.MinorUnits, 0),
                    Overpaid = Money.Zero(fee.Currency),
                    Balance = new Money(Replay().Outstanding.Principal, fee.Currency),
                }
            );
        ChargeInstallments(disbursed.On);
    }

    private void ChargeInstallments(DateOnly on)
    {
        var loan = Replay();
        if (loan.Disbursed.IsZero)
            return;
        foreach (var (charge, dueOn, amount) in agreed.Missing(loan).ToArray())
        {
            agreed.Made(Charge(charge.Kind, on, dueOn, amount), charge, dueOn);
        }
    }

    private int NextSequence => events.Count + 1;

    private LoanEventId NextId => DerivedId.Trial(NextSequence);

    private void PayOff(ScenarioStep step)
    {
        var on = step.On!.Value;
        var payoff = Loan.Replay(terms, events, on, lateThrough < on ? lateThrough : on).Payoff;
        if (payoff.Total <= 0)
            throw new ScenarioException($"steps[{step.Index}]", "nothing is owed that could be paid off");
        payments.Add(Pay(PaymentSource.Repayment, on, new Money(payoff.Total, terms.Currency)).Id);
    }

    private void TakeBack(ScenarioStep step)
    {
        var taken = step.Source switch
        {
            PaymentSource.Repayment => payments,
            PaymentSource.DownPayment => [.. events.OfType<Disbursed>().Select(one => DerivedId.DownPayment(one.Id))],
            _ => events
                .OfType<PaymentReceived>()
                .Where(one => one.Source == step.Source)
                .Select(one => one.Id)
                .ToList(),
        };
        if (step.Number > taken.Count)
            throw new ScenarioException($"steps[{step.Index}].paymentNr", $"there are only {taken.Count} payments");
        events.Add(
            new PaymentChargedBack
            {
                Id = NextId,
                Sequence = NextSequence,
                On = step.On ?? today,
                Amount = step.Amount!.Value,
                PaymentId = taken[step.Number - 1],
            }
        );
    }

    // A waiver counts from the day on which the charge fell due, and takes back the income that was booked of it.
    private void Waive(ScenarioStep step)
    {
        var charge = ChargeAt(step);
        var loan = Replay();
        var waived = loan.Charges.FirstOrDefault(one => one.EventId == charge.Id);
        var waiver = new ChargeWaived
        {
            Id = NextId,
            Sequence = NextSequence,
            On = charge.DueOn,
            ChargeId = charge.Id,
            Amount = Money.Zero(terms.Currency),
        };
        events.Add(waiver);
        waivers.Push(waiver.Id);
        if (waived is null || !accruals.HasBooked(waived))
            waivedBeforeBooked.Add(waiver.Id);
        else
            accruals.TakeBack(loan, waived, waived.Outstanding);
    }

    private void UndoWaiver(ScenarioStep step)
    {
        if (!waivers.TryPop(out var waiver))
            throw new ScenarioException($"steps[{step.Index}]", "there is no waiver to undo");
        Reverse(waiver);
    }

    private void Undo(ScenarioStep step)
    {
        var left = step.Number;
        var rows = Transactions(Replay());
        lateThrough = today;
        foreach (var row in rows)
        {
            if (row.On != step.On || (step.Type is { } type && type != row.Type) || --left > 0)
                continue;
            if (row.Id is not { } id || row.Type == "Disbursement")
                break;
            ReverseWithInterest(id);
            return;
        }

        // Some published histories count the payments of the whole loan, and also name the day.
        var payment = step.Number <= payments.Count ? payments[step.Number - 1] : default;
        if (!events.Exists(loanEvent => loanEvent.Id == payment && loanEvent.On == step.On))
            throw new ScenarioException($"steps[{step.Index}]", "there is no such transaction to undo");
        ReverseWithInterest(payment);
    }

    private void ReverseWithInterest(LoanEventId id)
    {
        // Interest goes back with a refund, so it is taken back before the refund is.
        if (interestRefunds.Remove(id, out var interest))
            Reverse(interest);
        Reverse(id);
    }

    private void Reverse(LoanEventId id) =>
        events.Add(
            new EventReversed
            {
                Id = NextId,
                Sequence = NextSequence,
                On = today,
                EventId = id,
            }
        );

    // The run of the day before today; days that were missed since the last run are caught up one by one.
    private void EndDay()
    {
        var through = today.AddDays(-1);
        var ranOn = endOfDayOn > lateThrough ? endOfDayOn : lateThrough;
        var from = endOfDayOn == DateOnly.MinValue || endOfDayOn > today ? through : endOfDayOn;
        var planned = Replay();
        endOfDayOn = lateThrough = today;
        if (closedOn is not null || givenUpOn is not null)
            return;
        var loan = Replay();
        for (var day = from; day <= through; day = day.AddDays(1))
        {
            accruals.AccrueThrough(loan, day, on => InterestThrough(planned, on, ranOn), events.Count);
            (planned, ranOn) = (loan, day.AddDays(1));
        }
    }

    // What is recorded after a due date, and the run after it, recalculate the late interest of the installment. A run
    // that comes later books the interest of past installments as planned.
    private Money InterestThrough(Loan loan, DateOnly day, DateOnly ranOn)
    {
        var current = loan.Installments.FirstOrDefault(row => row.FromOn < day && day <= row.DueOn);
        if (current is null || ranOn >= current.FromOn || ranOn == DateOnly.MinValue && current.Number == 1)
            return InterestOn(day);
        var past = loan.Installments.Where(row => row.DueOn < day).Sum(row => row.Due.Interest);
        return loan.Money(past) + InterestOn(day) - InterestOn(current.FromOn);
    }

    private Money InterestOn(DateOnly day)
    {
        // As if what happened later were not known.
        var known = events.FindAll(loanEvent =>
            loanEvent is EventReversed or FutureRuleChanged
            || (loanEvent is ChargeApplied charge ? charge.DueOn : loanEvent.On) <= day
        );
        // If the first day bears interest, that of a day has accrued by its end.
        return InterestRefundRules.InterestThrough(terms, known, terms.InterestFromFirstDay ? day.AddDays(1) : day);
    }

    private void AccrueAtClosing(DateOnly on)
    {
        var loan = Replay();
        var isClosed = loan.Status is LoanStatus.Closed or LoanStatus.Overpaid;
        if (isClosed)
            accruals.AccrueRest(loan, on, today, events.Count);
        else if (closedOn is not null)
            accruals.ReportThrough(today.AddDays(-1));
        else if (givenUpOn is { } day && terms.ScheduleType == ScheduleType.Progressive)
            accruals.AccrueThrough(loan, day, InterestOn, events.Count);
        closedOn = isClosed ? closedOn ?? on : null;
    }

    private Loan Replay() => Loan.Replay(terms, events, today, lateThrough);

    private JsonObject Show(ScenarioStep step)
    {
        var loan = Replay();
        var shown = ScenarioBooks.Show(step, loan, isApproved, agreed, Transactions(loan));
        arrears.Show(shown, loan, endOfDayOn);
        if ((tranches.Count == 0 && !agreed.IsAny) || events.Exists(loanEvent => loanEvent is Disbursed))
            return shown;
        var plan = ScenarioBooks.Show(step, Planned(), isApproved, agreed, []);
        foreach (var name in (string[])["schedule", "totals", "outstanding"])
            shown[name] = plan[name]?.DeepClone();
        return shown;
    }

    private static Disbursed DisbursementOf(LoanEventId id, int sequence, DateOnly on, Money amount) =>
        new()
        {
            Id = id,
            Sequence = sequence,
            On = on,
            Amount = amount,
        };

    private Loan Planned()
    {
        IReadOnlyList<(DateOnly On, Money Amount)> parts =
            tranches.Count > 0 ? tranches : [(terms.SubmittedOn, terms.Principal)];
        var planned = parts.Select<(DateOnly On, Money Amount), LoanEvent>(
            (tranche, index) => DisbursementOf(DerivedId.Trial(index + 1), index + 1, tranche.On, tranche.Amount)
        );
        var plan = Loan.Replay(terms, [.. planned], terms.SubmittedOn);
        var charges = agreed
            .Missing(plan)
            .Select(
                (missing, index) =>
                    new ChargeApplied
                    {
                        Id = DerivedId.Trial(parts.Count + index + 1),
                        Sequence = parts.Count + index + 1,
                        On = terms.SubmittedOn,
                        Amount = missing.Amount,
                        Charge = missing.Charge.Kind,
                        DueOn = missing.DueOn,
                    }
            );
        return Loan.Replay(terms, [.. planned, .. charges], terms.SubmittedOn);
    }

    private List<TransactionRow> Transactions(Loan loan)
    {
        var sequences = events.ToDictionary(loanEvent => loanEvent.Id, loanEvent => 2 * loanEvent.Sequence);
        foreach (var disbursed in events.OfType<Disbursed>())
            sequences[DerivedId.DownPayment(disbursed.Id)] = 2 * disbursed.Sequence;
        var rows = loan
            .Transactions.Where(one => one.Kind != LoanEventKind.Charge && !undone.Contains(one.EventId))
            .Select(transaction => TransactionRow.Of(transaction, sequences.GetValueOrDefault(transaction.EventId)))
            .Select(row =>
                row.Id is { } id && waivedBeforeBooked.Contains(id) ? row with { Components = default } : row
            );
        rows = rows.Concat(fees).Concat(accruals.Rows);
        if (showsReport)
            rows = rows.Concat(accruals.Report(loan, closedOn));
        return [.. rows.OrderBy(row => row.On).ThenBy(row => row.Sequence)];
    }
}
