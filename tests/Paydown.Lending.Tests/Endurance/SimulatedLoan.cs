using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// A loan with a lender, a customer and two officers around it: takes steps as the server would, by the same rules.
/// </summary>
internal sealed class SimulatedLoan
{
    private static readonly CustomerId CustomerId = IdOf<CustomerId>(1_000_001);
    private static readonly UserId[] Officers = [IdOf<UserId>(1_000_002), IdOf<UserId>(1_000_003)];
    private static readonly string Reference = CreditorReference.FromBody("539007547034").Value;

    private readonly List<LoanEvent> events = [];
    private readonly List<Report> reports = [];
    private readonly Money? fourEyesAbove;
    private int ids;

    public SimulatedLoan(LoanTerms terms, Dice dice)
    {
        Terms = terms;
        Today = terms.SubmittedOn;
        fourEyesAbove = dice.OnceIn(3) ? MoneyOf(terms.Principal.MinorUnits / dice.Between(1, 20)) : null;
        Pending = MoneyOf(0);
        var tranches = dice.OnceIn(10) ? 2 : 1;
        var first = MoneyOf(Math.Max(1, terms.Principal.MinorUnits / tranches));
        Record(
            new Disbursed
            {
                Id = NextId(),
                Sequence = 1,
                On = Today,
                Amount = first,
            }
        );
        State = Replay();
    }

    public LoanTerms Terms { get; }

    public IReadOnlyList<LoanEvent> Events => events;

    public DateOnly Today { get; private set; }

    /// <summary>The fold after the last step.</summary>
    public Loan State { get; private set; }

    /// <summary>The fold before it, as it was booked.</summary>
    public Loan? Before { get; private set; }

    /// <summary>Reported and not decided.</summary>
    public Money Pending { get; private set; }

    /// <summary>True where the last step recorded something.</summary>
    public bool IsChanged { get; private set; }

    public void Take(Step step)
    {
        Today = Today.AddDays(step.Days);
        IsChanged = step.Days > 0;
        Before = State;
        if (IsChanged)
            State = Replay();
        var dice = new Dice(step.Choice);
        switch (step.Kind)
        {
            case StepKind.Report:
                TakeReport(dice);
                break;
            case StepKind.Verify:
                Verify(AnyReport(dice), dice.Below(2));
                break;
            case StepKind.Reject:
                Reject(AnyReport(dice));
                break;
            case StepKind.Reverse:
                Reverse(dice);
                break;
            case StepKind.Retry:
                Retry(AnyReport(dice));
                break;
            case StepKind.PayOff:
                PayOff();
                break;
            case StepKind.Charge:
                Charge(dice);
                break;
            case StepKind.Wait:
                break;
            default:
                TakeUnruled(step.Kind, dice);
                break;
        }

        if (IsChanged)
            State = Replay();
    }

    private void TakeReport(Dice dice)
    {
        var paidOn = Today.AddDays(
            dice.OnceIn(3) ? -dice.Below(60)
            : dice.OnceIn(8) ? 1
            : 0
        );
        var amount = AnyAmount(dice);
        var result = RepaymentRules.Report(PayableToday(), ReportOf(amount, paidOn), true, Today);
        var isRight =
            amount <= PayableRules.TotalPayable(State, Pending).MinorUnits
            && paidOn >= Terms.SubmittedOn
            && State.Status != LoanStatus.Closed;
        if (result.IsRefused == isRight)
            throw new LawBrokenException("a valid report is accepted", result.Refusal?.Message ?? $"{amount}");
        if (isRight)
            AddReport(result.Value.Amount, paidOn);
    }

    private void Verify(Report? report, int officer)
    {
        if (report is null)
            return;
        var result = VerificationRules.Verify(CaseOf(report), Correction.None, Today, Officers[officer]);
        if (report.Status != RepaymentStatus.PendingVerification)
        {
            ShouldBeRefused(result.Refusal, "ALREADY_DECIDED");
        }
        else if (report.PaidOn > Today)
        {
            ShouldBeRefused(result.Refusal, "PAYMENT_DATE_AHEAD");
        }
        else if (CaseOf(report).NeedsTwoOfficers && report.ApprovedBy is null)
        {
            if (result.IsRefused || result.Value.Approval != Approval.First)
                throw new LawBrokenException("a large amount wants two officers", $"{result.Refusal}");
            report.ApprovedBy = Officers[officer];
        }
        else if (CaseOf(report).NeedsTwoOfficers && report.ApprovedBy == Officers[officer])
        {
            ShouldBeRefused(result.Refusal, Refusals.SecondOfficerRequired().Code);
        }
        else
        {
            if (result.IsRefused)
                throw new LawBrokenException("a pending report can be verified", $"{result.Refusal}");
            Count(report);
        }
    }

    private void Count(Report report)
    {
        report.Status = RepaymentStatus.Verified;
        Pending -= report.Amount;
        Record(
            NewEvent(LoanEventKind.Repayment, report.PaidOn, report.Amount.MinorUnits) with
            {
                Id = report.Id.AsEvent,
            }
        );
    }

    private void Reject(Report? report)
    {
        if (report is null)
            return;
        var refusal = VerificationRules.Reject(CaseOf(report));
        if (report.Status != RepaymentStatus.PendingVerification)
        {
            ShouldBeRefused(refusal, "ALREADY_DECIDED");
            return;
        }

        if (refusal is not null)
            throw new LawBrokenException("a pending report can be rejected", $"{refusal}");
        report.Status = RepaymentStatus.Rejected;
        Pending -= report.Amount;
    }

    // Verified reports as an officer does it; now and then other payments and charges, which the fold must bear too.
    private void Reverse(Dice dice)
    {
        if (dice.OnceIn(4))
        {
            if (AnyTransaction(dice, IsReversible) is { } other && reports.All(one => one.Id.AsEvent != other.EventId))
                Record(NewEvent(LoanEventKind.Reversal, Today, 0, other.EventId));
            return;
        }

        if (AnyReport(dice) is not { } report)
            return;
        var refusal = VerificationRules.Reverse(CaseOf(report));
        if (report.Status == RepaymentStatus.PendingVerification)
            ShouldBeRefused(refusal, Refusals.RepaymentNotVerified().Code);
        else if (report.Status != RepaymentStatus.Verified)
            ShouldBeRefused(refusal, "ALREADY_DECIDED");
        else if (refusal is not null)
            throw new LawBrokenException("a verified payment can be reversed", $"{refusal}");
        if (refusal is not null)
            return;
        report.Status = RepaymentStatus.Reversed;
        Record(NewEvent(LoanEventKind.Reversal, Today, 0, report.Id.AsEvent));
    }

    // The same decision once more: refused, whatever it was.
    private void Retry(Report? report)
    {
        if (report is null || report.Status == RepaymentStatus.PendingVerification)
            return;
        ShouldBeRefused(
            VerificationRules.Verify(CaseOf(report), Correction.None, Today, Officers[0]).Refusal,
            "ALREADY_DECIDED"
        );
        ShouldBeRefused(VerificationRules.Reject(CaseOf(report)), "ALREADY_DECIDED");
    }

    private void PayOff()
    {
        var request = new PayoffRequest(PaymentMethod.BankTransfer, null);
        var result = PayoffRules.PayOff(State, false, Pending, request, MoneyOf(0));
        if (result.IsRefused)
            return;
        var isAll = Pending.IsZero;
        Count(AddReport(result.Value, Today));
        var closed = Replay();
        var isAhead = events.Exists(loanEvent => loanEvent.On > Today);
        if (isAll && (!closed.Outstanding.IsZero || (closed.Overpaid.MinorUnits != 0 && !isAhead)))
            throw new LawBrokenException("paying the payoff closes the loan", $"left {closed.Outstanding}");
    }

    private void Charge(Dice dice)
    {
        var dueOn = Today.AddDays(dice.Between(-40, 150));
        var most = dice.OnceIn(4)
            ? Math.Max(1, State.Disbursed.MinorUnits)
            : Math.Max(1, State.Disbursed.MinorUnits / 20);
        var amount = MoneyOf(1 + dice.Below(most));
        var result = ChargeRules.Apply(State, amount.Major, dueOn);
        if (result.IsRefused)
            return;
        Record(
            new ChargeApplied
            {
                Id = NextId(),
                Sequence = events.Count + 1,
                On = Today,
                Amount = amount,
                Charge = dice.Pick(ChargeKind.Fee, ChargeKind.Penalty),
                DueOn = dueOn,
            }
        );
    }

    // What no rule guards yet: the fold must bear it in any amount, at any time.
    private void TakeUnruled(StepKind kind, Dice dice)
    {
        var amount = AnyAmount(dice);
        var backdated = Today.AddDays(-dice.Below(dice.OnceIn(2) ? 60 : 1));
        var on = backdated < Terms.SubmittedOn ? Terms.SubmittedOn : backdated;
        var taken = kind switch
        {
            StepKind.Statement => NewEvent(LoanEventKind.Repayment, on, amount),
            StepKind.Credit => NewEvent(
                dice.Pick(
                    LoanEventKind.GoodwillCredit,
                    LoanEventKind.MerchantIssuedRefund,
                    LoanEventKind.PayoutRefund,
                    LoanEventKind.InterestPaymentWaiver
                ),
                on,
                amount
            ),
            StepKind.Waive => Waiver(dice, amount),
            StepKind.Chargeback => Chargeback(dice, amount),
            StepKind.Refund => Refund(dice, amount),
            StepKind.Tranche when State.Status != LoanStatus.WrittenOff && TrancheRules.CanBeSplit(Terms) => NewEvent(
                LoanEventKind.Disbursement,
                Today,
                Math.Min(amount, Terms.Principal.MinorUnits)
            ),
            StepKind.Tranche => null,
            StepKind.Act => RandomActs.Of(State, events, NextId(), dice),
            StepKind.RuleChange => new FutureRuleChanged
            {
                Id = NextId(),
                Sequence = events.Count + 1,
                On = Today,
                Rule = dice.Pick<FutureRule>(Enum.GetValues<FutureRule>()),
                Source = dice.OnceIn(2) ? PaymentSource.Repayment : null,
            },
            _ => WriteOff(dice),
        };
        if (taken is not null)
            Record(taken);
    }

    private LoanEvent? Waiver(Dice dice, long amount)
    {
        var target = dice.OnceIn(4) ? null : AnyTransaction(dice, IsCharge)?.EventId;
        var asked = new WaiverRequest(
            target is null ? WaivedDebt.Interest : WaivedDebt.Charge,
            target,
            dice.OnceIn(2) ? null : MoneyOf(amount).Major
        );
        var waived = WaiverRules.Waive(State, events, asked);
        return waived.IsRefused ? null : NewEvent(LoanEventKind.Waiver, Today, waived.Value.MinorUnits, target);
    }

    // Now and then more than is overpaid, as a reversal of the payment may show it later.
    private LoanEvent? Refund(Dice dice, long amount)
    {
        var on = RefundRules.CountsOn(events, Today);
        if (dice.OnceIn(4))
            return NewEvent(LoanEventKind.CreditBalanceRefund, Today, amount);
        var asked = 1 + dice.Below(Math.Max(1, State.Overpaid.MinorUnits));
        var refunded = RefundRules.Refund(State, dice.OnceIn(2) ? null : MoneyOf(asked).Major);
        if (refunded.IsRefused == State.Overpaid.MinorUnits > 0)
            throw new LawBrokenException("what is overpaid can be refunded", $"{refunded.Refusal}");
        return refunded.IsRefused ? null : NewEvent(LoanEventKind.CreditBalanceRefund, on, refunded.Value.MinorUnits);
    }

    private LoanEvent? WriteOff(Dice dice)
    {
        if (dice.OnceIn(4))
            return NewEvent(LoanEventKind.WriteOff, Today, 0);
        var decided = WriteOffRules.WriteOff(State);
        return decided.IsRefused ? null : NewEvent(LoanEventKind.WriteOff, Today, 0);
    }

    private LoanEvent? Chargeback(Dice dice, long amount) =>
        AnyTransaction(dice, IsReversible) is not { IsReversed: false } paid || IsCharge(paid)
            ? null
            : NewEvent(LoanEventKind.Chargeback, Today, Math.Min(amount, paid.Amount.MinorUnits), paid.EventId);

    private long AnyAmount(Dice dice)
    {
        var owed = Math.Max(1, State.Payoff.Total);
        return dice.Below(10) switch
        {
            0 => 1 + dice.Below(10L),
            1 => owed,
            2 => owed + 1 + dice.Below(owed),
            3 => Math.Max(1, FirstOwed()),
            4 => Math.Max(1, FirstOwed() - 1),
            < 8 => 1 + dice.Below(Math.Max(1, owed / 6)),
            _ => 1 + dice.Below(owed),
        };
    }

    private long FirstOwed()
    {
        foreach (var installment in State.Installments)
            if (!installment.IsPaid)
                return installment.Outstanding.Total;
        return 1;
    }

    private Report? AnyReport(Dice dice) =>
        reports.Count == 0 ? null
        : dice.OnceIn(2) ? reports[^1]
        : reports[dice.Below(reports.Count)];

    private LoanTransaction? AnyTransaction(Dice dice, Func<LoanTransaction, bool> isWanted)
    {
        var found = State.Transactions.Where(isWanted).ToArray();
        return found.Length == 0 ? null : found[dice.Below(found.Length)];
    }

    private static bool IsCharge(LoanTransaction one) => one.Kind == LoanEventKind.Charge;

    private static bool IsReversible(LoanTransaction one) =>
        !one.IsReversed && (IsCharge(one) || LoanLaws.IsPayment(one.Kind));

    private Report AddReport(Money amount, DateOnly paidOn)
    {
        var report = new Report(NextId().AsRepayment, amount, paidOn);
        reports.Add(report);
        Pending += amount;
        return report;
    }

    private PayableLoan PayableToday() =>
        new()
        {
            ApplicationId = IdOf<LoanApplicationId>(1_000_001),
            IsSettled = PayableRules.IsSettled(State.Status),
            IsCollectedByThirdParty = false,
            Payoff = MoneyOf(State.Payoff.Total),
            Pending = Pending,
            DisbursedOn = Terms.SubmittedOn,
            Reference = Reference,
        };

    private RepaymentReport ReportOf(long minor, DateOnly paidOn) =>
        new()
        {
            CallerId = CustomerId,
            UserId = CustomerId,
            CustomerId = CustomerId,
            AccountId = IdOf<LoanId>(1_000_001),
            BankAccountId = IdOf<BankAccountId>(1_000_001),
            Amount = MoneyOf(minor).Major,
            Reference = Reference,
            PaidOn = paidOn,
            Narration = null,
        };

    private RepaymentCase CaseOf(Report report) =>
        new()
        {
            Status = report.Status,
            Amount = report.Amount,
            PaidOn = report.PaidOn,
            DisbursedOn = Terms.SubmittedOn,
            FirstApprovedBy = report.ApprovedBy,
            FourEyesAbove = fourEyesAbove,
        };

    private LoanEvent NewEvent(LoanEventKind kind, DateOnly on, long amount, LoanEventId? target = null) =>
        TestEvents.Of(kind, NextId(), events.Count + 1, on, MoneyOf(amount), target);

    private Money MoneyOf(long minorUnits) => new(minorUnits, Terms.Currency);

    private void Record(LoanEvent loanEvent)
    {
        events.Add(TestEvents.Collecting(Terms, events, loanEvent));
        IsChanged = true;
    }

    private Loan Replay() => Loan.Replay(Terms, events, Today);

    private LoanEventId NextId() => IdOf<LoanEventId>(++ids);

    private static TId IdOf<TId>(int number)
        where TId : struct, IId<TId> => TId.Of(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    private static void ShouldBeRefused(Refusal? refusal, string code)
    {
        if (refusal?.Code != code)
            throw new LawBrokenException($"what was decided stays: {code}", $"{refusal}");
    }

    /// <summary>A repayment as it was reported.</summary>
    private sealed class Report(RepaymentId id, Money amount, DateOnly paidOn)
    {
        public RepaymentId Id { get; } = id;

        public Money Amount { get; } = amount;

        public DateOnly PaidOn { get; } = paidOn;

        public RepaymentStatus Status { get; set; } = RepaymentStatus.PendingVerification;

        public UserId? ApprovedBy { get; set; }
    }
}
