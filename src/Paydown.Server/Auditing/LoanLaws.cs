using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Auditing;

/// <summary>
/// The laws that each loan must keep by itself: money is conserved, cached values equal the fold, and decisions,
/// events, allocations and ledger agree. The fold runs for the day of the cached balances.
/// </summary>
public sealed class LoanLaws
{
    private readonly AuditedLoan loan;
    private readonly Loan fold;
    private readonly List<Breach> breaches = [];

    private LoanLaws(AuditedLoan loan)
    {
        this.loan = loan;
        fold = loan.Stored.Replay(loan.Stored.BookedOn);
    }

    /// <summary>Returns every breach of these laws by a loan.</summary>
    public static IReadOnlyList<Breach> Check(AuditedLoan loan)
    {
        LoanLaws laws;
        try
        {
            laws = new LoanLaws(loan);
        }
        catch (Exception exception)
            when (exception
                    is InvalidOperationException
                        or OverflowException
                        or ArgumentException
                        or KeyNotFoundException
            )
        {
            return
            [
                new Breach(
                    "a loan can be replayed",
                    loan.Stored.Id,
                    null,
                    "a fold of terms and events",
                    exception.Message
                ),
            ];
        }

        laws.CheckMoney();
        laws.CheckCache();
        laws.CheckNextAction();
        laws.CheckEvents();
        foreach (var repayment in loan.Repayments)
            laws.CheckRepayment(repayment);
        laws.CheckLedger();
        return laws.breaches;
    }

    private void CheckMoney()
    {
        Same(
            "disbursed = principal paid + outstanding + written off",
            null,
            fold.Disbursed + fold.Returned,
            fold.Money(fold.Paid.Principal + PayableRules.Owed(fold).Principal + fold.WrittenOff.Principal)
        );
        var counted = loan.Repayments.Where(repayment => repayment.Status == RepaymentStatus.Verified).ToList();
        Same(
            "verified = allocated + overpaid",
            null,
            Sum(counted, repayment => repayment.Amount),
            Sum(
                counted.Where(repayment => repayment.Standing?.Split is not null),
                repayment => repayment.Standing!.Split!.Allocated + repayment.Standing.Split.Overpaid
            )
        );
        Same(
            "pending total = repayments not decided",
            null,
            Sum(
                loan.Repayments.Where(one => one.Status == RepaymentStatus.PendingVerification),
                one => one.ReportedAmount
            ),
            loan.Stored.Pending
        );
    }

    private void CheckCache()
    {
        var (cached, right) = (
            loan.Stored,
            loan.Stored.WithState(fold, loan.Stored.Events, loan.Stored.Standing, loan.Stored.NextActionOn)
        );
        Same("cached state = fold", null, right.State, cached.State);
        Same("cached principal = fold", null, right.Balance.Principal, cached.Balance.Principal);
        Same("cached interest = fold", null, right.Balance.Interest, cached.Balance.Interest);
        Same("cached fees = fold", null, right.Balance.Fees, cached.Balance.Fees);
        Same("cached penalty = fold", null, right.Balance.Penalty, cached.Balance.Penalty);
        Same("cached payoff = fold", null, right.Payoff, cached.Payoff);
        Same("cached overpayment = fold", null, right.Overpaid, cached.Overpaid);
        Same("cached day = fold", null, right.BalanceOn, cached.BalanceOn);
        Same("cached next due date = fold", null, right.NextDueOn, cached.NextDueOn);
        Same("cached installment count = fold", null, right.InstallmentCount, cached.InstallmentCount);
        Same("cached event count = events", null, cached.Events.Count, loan.EventCount);
    }

    private void CheckNextAction()
    {
        if (loan.ClosedOn is not { } closedOn || loan.Stored.Replay(closedOn).Disbursed.IsZero)
            return;
        var (stored, on) = (loan.Stored, closedOn > loan.Stored.BookedOn ? closedOn : loan.Stored.BookedOn);
        // One that follows earlier rules has work already.
        if (stored.Standing.Rules != loan.Rules.Version)
        {
            if (!(stored.NextActionOn <= on.AddDays(1)))
                Break("the end of day sees a loan that follows other rules", null, "at once", SeenOn());
            return;
        }

        var policy = loan.Rules.Arrears;
        var isReported = stored.Standing.Bucket == policy.BucketOf(Arrears.DaysPastDue(fold, policy, on));
        var right = isReported ? NextAction.Of(fold, stored.Standing, loan.Rules, on) : on;
        if (right is not null && (stored.NextActionOn is null || isReported && stored.NextActionOn > right))
            Break("the end of day sees the loan in time", null, $"by {right}", SeenOn());

        string SeenOn() => stored.NextActionOn?.ToString() ?? "never";
    }

    // What is earned and unpaid on the last posting day, which no event may follow.
    private LoanAccrual? CheckAccrual()
    {
        var stored = loan.Stored;
        if (stored.Standing.Accrued is not { } accrued)
            return null;
        // A pause may begin later.
        var lastOn = stored.Events.Where(one => one is not LoanAct).Max(one => one.On);
        if (lastOn > accrued.On)
            Break("interest is accrued through the last event", null, $"{lastOn} or later", accrued.On.ToString());
        var right = EarnedInterest.Unpaid(
            stored.Terms,
            stored.Events,
            accrued.On,
            stored.Standing.Accrual.SuspendedAfterDays
        );
        Same("accrued interest = earned and unpaid on the last posting day", null, right.Unpaid, accrued.Unpaid);
        Same("interest in suspense = earned while long past due", null, right.Suspended, accrued.Suspended);
        Same("suspense lost with the loan = suspense before it", null, right.Lost, accrued.Lost);
        return LoanAccrual.First(stored.Id.AsSubject, right);
    }

    private void CheckEvents()
    {
        var repayments = loan.Repayments.ToDictionary(repayment => repayment.Id);
        foreach (var (index, loanEvent) in loan.Stored.Events.Index())
        {
            Same("events are numbered without a gap", loanEvent.Id.AsSubject, index + 1, loanEvent.Sequence);
            RepaymentId id;
            if (loanEvent is PaymentReceived { Source: PaymentSource.Repayment })
                id = loanEvent.Id.AsRepayment;
            else if (loanEvent is EventReversed { EventId: var reversed })
                id = reversed.AsRepayment;
            else
                continue;
            var status = repayments.TryGetValue(id, out var repayment) ? repayment.Status : (RepaymentStatus?)null;
            if (status == RepaymentStatus.Reversed)
                continue;
            // An act of an officer is undone by an event without a decision.
            if (
                loanEvent is EventReversed
                && loan.Stored.Events.Any(one => one.Id == id.AsEvent && (one is Disbursed || UndoRules.IsAct(one)))
            )
                continue;
            if (loanEvent.Kind == LoanEventKind.Repayment && status == RepaymentStatus.Verified)
                continue;
            var kind = Words.Write(loanEvent.Kind);
            Break(
                $"each {kind} event has its decision",
                loanEvent.Id.AsSubject,
                "a decision",
                status?.ToString() ?? "none"
            );
        }
    }

    private void CheckRepayment(AuditedRepayment repayment)
    {
        var counted = repayment.Status is RepaymentStatus.Verified or RepaymentStatus.Reversed;
        var paid = loan
            .Stored.Events.OfType<PaymentReceived>()
            .FirstOrDefault(one => one.Source == PaymentSource.Repayment && one.Id == repayment.Id.AsEvent);
        var reversed = loan.Stored.Events.Any(one =>
            one is EventReversed reversal && reversal.EventId == repayment.Id.AsEvent
        );
        Same("each verified repayment has its event", repayment.Id.AsSubject, counted, paid is not null);
        Same(
            "each reversed repayment has its event",
            repayment.Id.AsSubject,
            repayment.Status == RepaymentStatus.Reversed,
            reversed
        );
        if (paid is not null)
        {
            Same("event amount = repayment amount", repayment.Id.AsSubject, repayment.Amount, paid.Amount);
            Same("event date = payment date", repayment.Id.AsSubject, repayment.PaidOn, paid.On);
        }

        CheckStanding(repayment);
        if (repayment.Status == RepaymentStatus.Verified && paid is not null)
            CheckAllocation(repayment);
    }

    private void CheckStanding(AuditedRepayment repayment)
    {
        var right = repayment.Status == RepaymentStatus.PendingVerification ? null : Words.Write(repayment.Status);
        Same("standing = decisions", repayment.Id.AsSubject, right ?? "none", repayment.Standing?.Status ?? "none");
        Same(
            "corrected terms = decisions",
            repayment.Id.AsSubject,
            (repayment.Amount, repayment.PaidOn, repayment.CorrectionReason),
            (repayment.ShownAmount, repayment.ShownOn, repayment.ShownReason)
        );
        if (repayment.Standing is { } standing)
        {
            Same(
                "every allocation that was replaced is kept",
                repayment.Id.AsSubject,
                standing.Split is null ? standing.Version : standing.Version - 1,
                standing.Replaced
            );
        }
    }

    private void CheckAllocation(AuditedRepayment repayment)
    {
        var paid = fold.Transactions.FirstOrDefault(one => one.EventId == repayment.Id.AsEvent);
        if (paid is null || repayment.Standing?.Split is not { } stored)
        {
            Break("each verified repayment has an allocation", repayment.Id.AsSubject, "an allocation", "none");
            return;
        }

        var right = new AuditedSplit(
            paid.PrincipalBalance,
            paid.TotalBalance,
            paid.Overpaid,
            RepaymentStanding.DueOnOf(paid),
            fold.Money(paid.Components.Total),
            StoredLines.Write(paid.Lines)
        );
        Same("allocation = fold", repayment.Id.AsSubject, right, stored);
    }

    private void CheckLedger()
    {
        Dictionary<LedgerAccount, Money> position;
        try
        {
            position = new(LoanPostings.Position(fold, CheckAccrual()));
            AddProvision(position);
        }
        catch (InvalidOperationException exception)
        {
            Break(
                "the ledger can be derived from the fold",
                null,
                "an accounting rule for every event",
                exception.Message
            );
            return;
        }

        foreach (var account in Enum.GetValues<LedgerAccount>())
        {
            var word = Words.Write(account);
            Same(
                $"ledger {word} = fold",
                null,
                position.GetValueOrDefault(account, Money.Zero(fold.Terms.Currency)),
                loan.Ledger.GetValueOrDefault(word, Money.Zero(fold.Terms.Currency))
            );
        }

        foreach (var (word, amount) in loan.Ledger)
        {
            if (!Enum.GetValues<LedgerAccount>().Any(account => Words.Write(account) == word))
                Break("the chart of accounts has each account", null, "a known account", $"{word} with {amount}");
        }
    }

    // The allowance is an estimate of a month end, so its cached amount is compared with the ledger.
    private void AddProvision(Dictionary<LedgerAccount, Money> position)
    {
        if (loan.Stored.Standing.Provision is not { } provision)
            return;
        var (zero, lost) = (Money.Zero(fold.Terms.Currency), loan.Stored.Standing.Lost(fold.Terms.Currency));
        Same("used allowance = loss, at most the allowance", null, provision.UsedBy(fold, lost), provision);
        position[LedgerAccount.LoanLossAllowance] = -provision.Allowance;
        position[LedgerAccount.ProvisionExpense] = provision.Allowance + provision.Used;
        foreach (var (account, used) in UsedAllowance.Of(fold, provision.Used, lost).ByAccount)
            position[account] = position.GetValueOrDefault(account, zero) - used;
    }

    private Money Sum(IEnumerable<AuditedRepayment> repayments, Func<AuditedRepayment, Money> amount) =>
        Money.Sum(repayments.Select(amount), fold.Terms.Currency);

    private void Same<T>(string law, SubjectId? subjectId, T expected, T got)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, got))
            Break(law, subjectId, expected?.ToString() ?? "none", got?.ToString() ?? "none");
    }

    private void Break(string law, SubjectId? subjectId, string expected, string got) =>
        breaches.Add(new Breach(law, loan.Stored.Id, subjectId, expected, got));
}
