using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>
/// Plays a scenario: each step becomes an event, each <c>check</c> asks the fold. Holds no balance of its own; only the
/// income that the published tables show as <c>Accrual</c> is booked here, because it depends on when the end of day
/// ran, not on the loan.
/// </summary>
internal sealed class ScenarioReplay
{
    private readonly List<LoanEvent> events = [];
    private readonly List<Guid> payments = [];
    private readonly IReadOnlyList<LoanEventKind> interestRefundFor;
    private readonly Dictionary<Guid, Guid> interestRefunds = [];
    private readonly AgreedCharges agreed = new();
    private readonly List<TransactionRow> fees = [];
    private readonly Stack<Guid> waivers = [];
    private readonly HashSet<Guid> waivedBeforeBooked = [];
    private readonly Accruals accruals = new();
    private readonly bool showsReport;
    private LoanTerms terms;
    private DateOnly today;
    private DateOnly endOfDayOn = DateOnly.MinValue;
    private DateOnly lateThrough = DateOnly.MinValue;
    private readonly IReadOnlyList<(DateOnly On, long AmountMinor)> tranches;
    private bool isApproved;
    private DateOnly? closedOn;

    private ScenarioReplay(Scenario scenario)
    {
        interestRefundFor = scenario.InterestRefundFor;
        showsReport = scenario.AsksForReport;
        tranches = scenario.Tranches;
        terms = scenario.Terms;
        today = terms.SubmittedOn;
    }

    /// <summary>What the books show at each <c>check</c>, with the step it belongs to.</summary>
    /// <exception cref="ScenarioException">A step cannot be played, for example an <c>undo</c> of what never
    /// happened.</exception>
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
                terms = terms with { PrincipalMinor = step.AmountMinor };
                return;
            case "cob":
                EndDay();
                return;
            case "set_future_rule":
                Add(LoanEventKind.FutureRuleChange, today, step);
                return;
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
                Add(LoanEventKind.WriteOff, step.On!.Value, step);
                break;
            case "waive_charge":
                Waive(step);
                break;
            case "undo_waiver":
                UndoWaiver(step);
                break;
            default:
                AddMoney(step);
                break;
        }

        AccrueAtClosing(step.On ?? today);
    }

    private void AddMoney(ScenarioStep step)
    {
        // What is disbursed for a day long past is late at once; what falls due later, with the next end of day.
        if (step.Kind == LoanEventKind.Disbursement && step.On < today)
            lateThrough = today;
        var id = Add(step.Kind, step.On!.Value, step);
        if (step.Kind == LoanEventKind.Disbursement)
            ChargeForDisbursement(id, step);
        if (step.Kind == LoanEventKind.Repayment)
            payments.Add(id);
        if (step.RefundsInterest ?? interestRefundFor.Contains(step.Kind))
            RefundInterest(step, id);
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

        if (charge.Of != ScenarioChargeBase.Flat)
        {
            var rows = Replay().Installments;
            var (principal, interest) = (rows.Sum(row => row.Due.Principal), rows.Sum(row => row.Due.Interest));
            step = step with { AmountMinor = charge.AmountFor(principal, interest) };
        }

        if (step.AmountMinor > 0)
            Add(LoanEventKind.Charge, today, step);
    }

    private void ChargeForDisbursement(Guid id, ScenarioStep step)
    {
        var before = Loan.Replay(terms, events[..^1], today, lateThrough);
        var planned = before.DisbursedMinor == 0 ? 0 : before.Installments.Sum(row => row.Due.Interest);
        var interest = Replay().Installments.Sum(row => row.Due.Interest) - planned;
        if (agreed.KeepBack(id, step.AmountMinor, interest) is > 0 and var fee)
            fees.Add(
                new TransactionRow
                {
                    On = step.On!.Value,
                    Sequence = 2 * events.Count,
                    Type = TransactionRow.FeeAtDisbursement,
                    AmountMinor = fee,
                    Components = new ComponentAmounts(0, 0, fee, 0),
                    BalanceMinor = Replay().Outstanding.Principal,
                }
            );
        ChargeInstallments(step.On!.Value);
    }

    private void ChargeInstallments(DateOnly on)
    {
        var loan = Replay();
        if (loan.DisbursedMinor == 0)
            return;
        foreach (var (charge, dueOn, amount) in agreed.Missing(loan).ToArray())
        {
            var made = new ScenarioStep(0, "charge")
            {
                On = dueOn,
                AmountMinor = amount,
                ChargeKind = charge.Kind,
            };
            agreed.Made(Add(LoanEventKind.Charge, on, made), charge, dueOn);
        }
    }

    private void RefundInterest(ScenarioStep step, Guid refund)
    {
        var interest = InterestRefundRules.Amount(terms, events[..^1], events[^1]);
        if (interest == 0)
            return;
        var id = Add(LoanEventKind.InterestRefund, step.On!.Value, step with { AmountMinor = interest });
        interestRefunds[refund] = id;
    }

    private Guid Add(LoanEventKind kind, DateOnly on, ScenarioStep step, Guid? target = null)
    {
        var sequence = events.Count + 1;
        var loanEvent = new LoanEvent
        {
            Id = new Guid(sequence, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            Sequence = sequence,
            Kind = kind,
            On = on,
            AmountMinor = step.AmountMinor,
            TargetId = target,
            ChargeKind = step.ChargeKind,
            DueOn = kind == LoanEventKind.Charge ? step.On : null,
            RuleFor = step.RuleFor,
            Rule = step.Rule,
        };
        events.Add(loanEvent);
        return loanEvent.Id;
    }

    private void PayOff(ScenarioStep step)
    {
        var on = step.On!.Value;
        var payoff = Loan.Replay(terms, events, on, lateThrough).Payoff;
        if (payoff.Total <= 0)
            throw new ScenarioException($"steps[{step.Index}]", "nothing is owed that could be paid off");
        payments.Add(Add(LoanEventKind.Repayment, on, step with { AmountMinor = payoff.Total }));
    }

    private void TakeBack(ScenarioStep step)
    {
        var taken = step.Kind switch
        {
            LoanEventKind.Repayment => payments,
            LoanEventKind.DownPayment => [.. IdsOf(LoanEventKind.Disbursement).Select(DerivedId.DownPayment)],
            _ => IdsOf(step.Kind),
        };
        if (step.Number > taken.Count)
            throw new ScenarioException($"steps[{step.Index}].paymentNr", $"there are only {taken.Count} payments");
        Add(LoanEventKind.Chargeback, step.On ?? today, step, taken[step.Number - 1]);
    }

    private List<Guid> IdsOf(LoanEventKind kind) =>
        [.. events.Where(loanEvent => loanEvent.Kind == kind).Select(loanEvent => loanEvent.Id)];

    // A waiver counts from the day on which the charge fell due, and takes back the income that was booked of it.
    private void Waive(ScenarioStep step)
    {
        var charges = events.FindAll(loanEvent => loanEvent.Kind == LoanEventKind.Charge);
        if (step.Number > charges.Count)
            throw new ScenarioException($"steps[{step.Index}].chargeNr", $"there are only {charges.Count} charges");
        var charge = charges[step.Number - 1];
        var loan = Replay();
        var waived = loan.Charges.FirstOrDefault(one => one.EventId == charge.Id);
        var id = Add(LoanEventKind.Waiver, charge.DueOn!.Value, step with { On = null }, charge.Id);
        waivers.Push(id);
        if (waived is null || !accruals.HasBooked(waived))
            waivedBeforeBooked.Add(id);
        else
            accruals.TakeBack(loan, waived, waived.OutstandingMinor);
    }

    private void UndoWaiver(ScenarioStep step)
    {
        if (!waivers.TryPop(out var waiver))
            throw new ScenarioException($"steps[{step.Index}]", "there is no waiver to undo");
        Add(LoanEventKind.Reversal, today, step, waiver);
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
            Reverse(step, id);
            return;
        }

        // Some published histories count the payments of the whole loan instead, and name the day besides.
        var payment = step.Number <= payments.Count ? payments[step.Number - 1] : Guid.Empty;
        if (!events.Exists(loanEvent => loanEvent.Id == payment && loanEvent.On == step.On))
            throw new ScenarioException($"steps[{step.Index}]", "there is no such transaction to undo");
        Reverse(step, payment);
    }

    private void Reverse(ScenarioStep step, Guid id)
    {
        Add(LoanEventKind.Reversal, today, step, id);
        if (interestRefunds.Remove(id, out var interest))
            Add(LoanEventKind.Reversal, today, step, interest);
    }

    // The run of the day before today; days that were missed since the last run are caught up one by one.
    private void EndDay()
    {
        var through = today.AddDays(-1);
        var (ranOn, from) = (endOfDayOn, endOfDayOn == DateOnly.MinValue || endOfDayOn > today ? through : endOfDayOn);
        var planned = Replay();
        endOfDayOn = lateThrough = today;
        if (closedOn is not null)
            return;
        var loan = Replay();
        for (var day = from; day <= through; day = day.AddDays(1))
        {
            accruals.AccrueThrough(loan, day, on => InterestThrough(planned, on, ranOn), events.Count);
            (planned, ranOn) = (loan, day.AddDays(1));
        }
    }

    // Late interest of an installment is recalculated by the run after its due date, so that a run that comes later
    // books the interest of past installments as it was planned.
    private long InterestThrough(Loan loan, DateOnly day, DateOnly ranOn)
    {
        var current = loan.Installments.FirstOrDefault(row => row.FromOn < day && day <= row.DueOn);
        if (current is null || ranOn >= current.FromOn || ranOn == DateOnly.MinValue && current.Number == 1)
            return InterestOn(day);
        var past = loan.Installments.Where(row => row.DueOn < day).Sum(row => row.Due.Interest);
        return past + InterestOn(day) - InterestOn(current.FromOn);
    }

    private long InterestOn(DateOnly day)
    {
        // As if what happened later were not known.
        var known = events.FindAll(loanEvent =>
            loanEvent.Kind is LoanEventKind.Reversal or LoanEventKind.FutureRuleChange || loanEvent.On <= day
        );
        return InterestRefundRules.InterestThrough(terms, known, day);
    }

    private void AccrueAtClosing(DateOnly on)
    {
        var loan = Replay();
        var isClosed = loan.Status is LoanStatus.Closed or LoanStatus.Overpaid;
        if (isClosed)
            accruals.AccrueRest(loan, on, today, events.Count);
        else if (closedOn is not null)
            accruals.ReportThrough(today.AddDays(-1));
        closedOn = isClosed ? closedOn ?? on : null;
    }

    private Loan Replay() => Loan.Replay(terms, events, today, lateThrough);

    private JsonObject Show(ScenarioStep step)
    {
        var loan = Replay();
        var shown = ScenarioBooks.Show(step, loan, isApproved, agreed, Transactions(loan));
        if (tranches.Count == 0 || events.Exists(loanEvent => loanEvent.Kind == LoanEventKind.Disbursement))
            return shown;
        var plan = ScenarioBooks.Show(step, Planned(), isApproved, agreed, []);
        foreach (var name in (string[])["schedule", "totals", "outstanding"])
            shown[name] = plan[name]?.DeepClone();
        return shown;
    }

    private Loan Planned()
    {
        var planned = tranches.Select(
            (tranche, index) =>
                new LoanEvent
                {
                    Id = new Guid(index + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
                    Sequence = index + 1,
                    Kind = LoanEventKind.Disbursement,
                    On = tranche.On,
                    AmountMinor = tranche.AmountMinor,
                }
        );
        return Loan.Replay(terms, [.. planned], terms.SubmittedOn);
    }

    private List<TransactionRow> Transactions(Loan loan)
    {
        var sequences = events.ToDictionary(loanEvent => loanEvent.Id, loanEvent => 2 * loanEvent.Sequence);
        foreach (var loanEvent in events)
            if (loanEvent.Kind == LoanEventKind.Disbursement)
                sequences[DerivedId.DownPayment(loanEvent.Id)] = 2 * loanEvent.Sequence;
        var rows = loan
            .Transactions.Where(transaction => transaction.Kind != LoanEventKind.Charge)
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
