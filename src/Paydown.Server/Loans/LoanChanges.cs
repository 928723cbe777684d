using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Ledger;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Loans;

/// <summary>
/// Works out what a decision changes about a loan: the new event, the fold before and after it, and from these
/// everything to write. Apart from the ids that it draws, it is pure. The rules of Paydown.Lending have already taken
/// the decision.
/// </summary>
public sealed partial class LoanChanges(Ids ids)
{
    /// <summary>Opens a loan by its first disbursement.</summary>
    /// <param name="stored">The account without events. Its balances are computed here.</param>
    /// <param name="amount">The disbursed amount.</param>
    /// <param name="disbursedOn">The value date.</param>
    /// <param name="context">Who makes the change, and when.</param>
    public LoanChange Open(StoredLoan stored, Money amount, DateOnly disbursedOn, ActionContext context) =>
        Open(stored, [DisbursementOf(stored, amount, disbursedOn)], context);

    /// <summary>Opens a loan with its first events: the disbursement and the agreed charges.</summary>
    public LoanChange Open(StoredLoan stored, IReadOnlyList<LoanEvent> events, ActionContext context)
    {
        var opened = Replayed(stored with { DisbursedOn = events[0].On }, before: null, events, context);
        return opened with { IsNew = true };
    }

    /// <summary>Disburses a further amount of a running loan, today.</summary>
    public LoanChange Disburse(StoredLoan stored, Money amount, ActionContext context) =>
        Replayed(stored, BookedState(stored), DisbursementOf(stored, amount, context.Today), context);

    /// <summary>
    /// Verifies a repayment: it counts from its value date, with the amount that an officer approved.
    /// </summary>
    public LoanChange Verify(StoredLoan stored, StoredRepayment repayment, ActionContext context) =>
        Counted(stored, NoLongerPending(stored, repayment), repayment, context);

    /// <summary>Counts a repayment at once that was never pending: the bank has shown its money.</summary>
    public LoanChange Receive(StoredLoan stored, StoredRepayment repayment, ActionContext context) =>
        Counted(stored, stored, repayment, context);

    /// <summary>Takes a repayment from the customer's wallet; it counts at once.</summary>
    public LoanChange PayFromWallet(StoredLoan stored, StoredRepayment repayment, ActionContext context) =>
        Counted(stored, stored, repayment, context) with
        {
            WalletEntries = [Booked(WalletPostings.RepaidFromWallet(repayment.Id, repayment.Amount, repayment.PaidOn))],
        };

    /// <summary>Records the first of two approvals; the repayment does not count yet.</summary>
    public LoanChange ApproveFirst(StoredLoan stored, StoredRepayment repayment, ActionContext context) =>
        Decided(Unreplayed(stored, context), repayment, DecisionKind.FirstApproval, repayment.CorrectionReason);

    /// <summary>Withdraws a mistaken report for its customer, before any approval; it never counts.</summary>
    public LoanChange Withdraw(StoredLoan stored, StoredRepayment repayment, string reason, ActionContext context)
    {
        var change = Decided(
            Unreplayed(NoLongerPending(stored, repayment), context),
            repayment,
            DecisionKind.Withdrawn,
            reason
        );
        return change with { Messages = [MessageOf(change, repayment, EventType.RepaymentRejected)] };
    }

    /// <summary>Rejects a repayment; it never counts.</summary>
    public LoanChange Reject(StoredLoan stored, StoredRepayment repayment, string reason, ActionContext context)
    {
        var change = Decided(
            Unreplayed(NoLongerPending(stored, repayment), context),
            repayment,
            DecisionKind.Rejected,
            reason
        );
        return change with { Messages = [MessageOf(change, repayment, EventType.RepaymentRejected)] };
    }

    /// <summary>
    /// Reverses a verified repayment, as if it had never come. Its id and history stay. Money that came from the wallet
    /// returns there.
    /// </summary>
    public LoanChange Reverse(StoredLoan stored, StoredRepayment repayment, string reason, ActionContext context)
    {
        var reversal = ReversalOf(stored, repayment.Id.AsEvent, context.Today);
        var change = Decided(
            Replayed(stored, BookedState(stored), reversal, context),
            repayment,
            DecisionKind.Reversed,
            reason
        );
        return change with
        {
            WalletEntries = repayment.IsFromWallet
                ? [Booked(WalletPostings.ReturnedToWallet(repayment.Id, repayment.Amount, context.Today))]
                : [],
            CollectorEntries = TakenFromCollector(repayment, context.Today),
            Messages = [MessageOf(change, repayment, EventType.RepaymentReversed)],
        };
    }

    /// <summary>Charges a fee or penalty, owed from today, or from its due date if that has passed.</summary>
    public LoanChange Charge(
        StoredLoan stored,
        ChargeKind kind,
        Money amount,
        DateOnly dueOn,
        string? reason,
        ActionContext context
    )
    {
        var charge = new ChargeApplied
        {
            Id = ids.Next<LoanEventId>(),
            Sequence = stored.NextSequence,
            On = context.Today,
            Amount = amount,
            Charge = kind,
            DueOn = dueOn,
        };
        var detail = new
        {
            ChargeId = charge.Id,
            Kind = kind,
            Amount = amount,
            DueDate = dueOn,
            Reason = reason,
        };
        var change = Audited(Replayed(stored, BookedState(stored), charge, context), "CHARGE_APPLIED", detail);
        return change with
        {
            Reason = reason,
            Messages = [ActOf(change, EventType.LoanChargeApplied, charge.Id, amount)],
        };
    }

    /// <summary>Waives the unpaid part of a charge, or interest.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="chargeId">The charge; null for interest.</param>
    /// <param name="amount">At most the unpaid part.</param>
    /// <param name="reason">For the audit trail.</param>
    /// <param name="context">Who makes the change, and when.</param>
    public LoanChange Waive(
        StoredLoan stored,
        LoanEventId? chargeId,
        Money amount,
        string reason,
        ActionContext context
    )
    {
        var waiver = WaiverRules.NewWaiver(
            ids.Next<LoanEventId>(),
            stored.NextSequence,
            context.Today,
            chargeId,
            amount
        );
        var before = BookedState(stored);
        var change = Audited(
            Replayed(stored, before, waiver, context),
            "DEBT_WAIVED",
            new
            {
                WaiverId = waiver.Id,
                ChargeId = chargeId,
                Amount = amount,
                Reason = reason,
            }
        );
        return change with
        {
            Reason = reason,
            Messages = [ActOf(change, EventType.LoanDebtWaived, waiver.Id, amount), .. PaidOff(before, change)],
        };
    }

    /// <summary>Refunds an overpayment, or a part of it, to the customer's wallet.</summary>
    public LoanChange Refund(StoredLoan stored, Money amount, string? reason, ActionContext context)
    {
        var on = RefundRules.CountsOn(stored.Events, context.Today);
        var refund = new OverpaymentRefunded
        {
            Id = ids.Next<LoanEventId>(),
            Sequence = stored.NextSequence,
            On = on,
            Amount = amount,
        };
        var change = Audited(
            Replayed(stored, BookedState(stored), refund, context),
            "OVERPAYMENT_REFUNDED",
            new
            {
                RefundId = refund.Id,
                Amount = amount,
                Reason = reason,
            }
        );
        return change with
        {
            Reason = reason,
            WalletEntries = [Booked(WalletPostings.RefundedToWallet(refund.Id, amount, on))],
            Messages = [ActOf(change, EventType.LoanOverpaymentRefunded, refund.Id, amount)],
        };
    }

    /// <summary>Writes the loan off: repayment is no longer expected.</summary>
    public LoanChange WriteOff(StoredLoan stored, string reason, ActionContext context)
    {
        var writeOff = new LoanWrittenOff
        {
            Id = ids.Next<LoanEventId>(),
            Sequence = stored.NextSequence,
            On = context.Today,
        };
        var change = Replayed(stored, BookedState(stored), writeOff, context);
        change = Audited(
            change,
            "LOAN_WRITTEN_OFF",
            new
            {
                WriteOffId = writeOff.Id,
                Amount = change.State.TotalWrittenOff,
                Reason = reason,
            }
        );
        return change with { Reason = reason, Messages = [MessageOf(change, EventType.LoanWrittenOff)] };
    }

    /// <summary>Undoes a charge, waiver, refund or write-off, as if it had never happened.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="act">The act in its current state.</param>
    /// <param name="reason">For the audit trail and the list of acts.</param>
    /// <param name="context">Who makes the change, and when.</param>
    public LoanChange Undo(StoredLoan stored, LoanTransaction act, string reason, ActionContext context)
    {
        var reversal = ReversalOf(stored, act.EventId, context.Today);
        var (before, amount) = (BookedState(stored), act.Amount);
        var change = Audited(
            Replayed(stored, before, reversal, context),
            "ACT_UNDONE",
            new
            {
                ActId = act.EventId,
                act.Kind,
                Amount = amount,
                Reason = reason,
            }
        );
        return change with
        {
            Reason = reason,
            WalletEntries =
                act.Kind == LoanEventKind.CreditBalanceRefund
                    ? [Booked(WalletPostings.RefundTakenBack(act.EventId, amount, context.Today))]
                    : [],
            Messages = [ActOf(change, EventType.LoanActUndone, act.EventId, amount), .. PaidOff(before, change)],
        };
    }

    /// <summary>Hands the collection to a third party, or takes it back.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="collector">The third party; null if the lender collects again.</param>
    /// <param name="context">Who makes the change, and when.</param>
    public LoanChange SetCollector(StoredLoan stored, string? collector, ActionContext context)
    {
        var change = Audited(
            Unreplayed(stored with { Collector = collector }, context),
            "THIRD_PARTY_COLLECTION_SET",
            new { Before = stored.Collector, After = collector }
        );
        return change with
        {
            Messages =
            [
                OutboxMessage.Of(EventType.LoanCollectorChanged, stored.Id.AsSubject, CollectionPayload.Of(change)),
            ],
        };
    }

    private LoanChange Counted(
        StoredLoan stored,
        StoredLoan undecided,
        StoredRepayment repayment,
        ActionContext context
    )
    {
        var paid = new PaymentReceived
        {
            Id = repayment.Id.AsEvent,
            Sequence = stored.NextSequence,
            On = repayment.PaidOn,
            Amount = repayment.Amount,
        };
        var before = BookedState(stored);
        var change = Decided(
            Replayed(undecided, before, paid, context),
            repayment,
            DecisionKind.Verified,
            repayment.CorrectionReason
        );
        return change with
        {
            Messages =
            [
                MessageOf(change, repayment, EventType.PaymentReceived),
                MessageOf(change, repayment, EventType.RepaymentVerified),
                .. PaidOff(before, change),
            ],
        };
    }

    private Disbursed DisbursementOf(StoredLoan stored, Money amount, DateOnly on) =>
        DownPayments.Collect(
            stored.Terms,
            stored.Events,
            new()
            {
                Id = ids.Next<LoanEventId>(),
                Sequence = stored.NextSequence,
                On = on,
                Amount = amount,
            }
        );

    private LoanChange Replayed(StoredLoan stored, Loan? before, LoanEvent loanEvent, ActionContext context) =>
        Replayed(stored, before, [loanEvent], context);

    private LoanChange Replayed(
        StoredLoan stored,
        Loan? before,
        IReadOnlyList<LoanEvent> newEvents,
        ActionContext context
    )
    {
        var events = (IReadOnlyList<LoanEvent>)[.. stored.Events, .. newEvents];
        var after = Loan.Replay(stored.Terms, events, context.Today);
        var accrual = AccrualOf(stored, before, events, newEvents, context.Today);
        var changed = stored.After(after, events, accrual?.To);
        List<JournalEntry> entries = [.. LoanPostings.Between(before, after, context.Today, accrual)];
        if (
            stored.Standing.Provision is { } provision
            && changed.Standing.Provision is { } left
            && ProvisionPostings.Used(
                newEvents[0].Id.AsSubject,
                UsedAllowance.Of(before ?? after, provision.Used, stored.Standing.Lost(stored.Currency)),
                UsedAllowance.Of(after, left.Used, changed.Standing.Lost(stored.Currency)),
                context.Today
            )
                is { } used
        )
            entries.Add(used);
        return new LoanChange
        {
            ActionContext = context,
            After = changed,
            State = after,
            Events = newEvents,
            Allocated = ReallocatedBetween(before, after),
            Entries = [.. entries.Select(Booked)],
        };
    }

    private static LoanAccrual? AccrualOf(
        StoredLoan stored,
        Loan? before,
        IReadOnlyList<LoanEvent> events,
        IReadOnlyList<LoanEvent> newEvents,
        DateOnly today
    )
    {
        // A pause may begin later than today.
        var latest = newEvents.Max(one => one.On);
        var on = latest < today || newEvents[0] is not LoanAct ? latest : today;
        if (before is not null)
        {
            return LoanAccrual.OfEvents(
                stored.Id.AsSubject,
                stored.Standing.Accrued,
                stored.Standing.Accrual,
                before,
                stored.Events,
                events,
                on
            );
        }

        return stored.Standing.Accrual.Posting == AccrualPosting.None
            ? null
            : LoanAccrual.First(stored.Id.AsSubject, EarnedInterest.Unpaid(stored.Terms, events, on));
    }

    private EventReversed ReversalOf(StoredLoan stored, LoanEventId eventId, DateOnly on) =>
        new()
        {
            Id = ids.Next<LoanEventId>(),
            Sequence = stored.NextSequence,
            On = on,
            EventId = eventId,
        };

    private BookedEntry Booked(JournalEntry entry) => new(ids.Next<JournalEntryId>(), entry);

    // No event changes, so no balance changes either. The fold is run only for the response.
    private static LoanChange Unreplayed(StoredLoan stored, ActionContext context) =>
        new()
        {
            ActionContext = context,
            After = stored,
            State = stored.Replay(context.Today),
        };

    private static LoanChange Decided(LoanChange change, StoredRepayment repayment, DecisionKind kind, string? reason)
    {
        var decision = new RepaymentDecision(repayment.Id, kind, reason);
        if (kind == DecisionKind.FirstApproval)
            decision = decision with { Round = repayment.FirstRounds + 1 };
        if (kind is DecisionKind.FirstApproval or DecisionKind.Verified && repayment.BeforeCorrection is { } reported)
        {
            decision = decision with
            {
                Amount = repayment.Amount == reported.Amount ? null : repayment.Amount,
                PaidOn = repayment.PaidOn == reported.PaidOn ? null : repayment.PaidOn,
            };
        }

        return change with
        {
            Decisions = [decision],
        };
    }

    private LoanChange Audited(LoanChange change, string action, object detail) =>
        change with
        {
            Audited =
            [
                new AuditEntry(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(detail, Wire.Options)),
            ],
        };

    private static OutboxMessage MessageOf(LoanChange change, StoredRepayment repayment, EventType type) =>
        OutboxMessage.Of(type, repayment.Id, change.After.Money(change.State.Outstanding.Total));

    private static OutboxMessage MessageOf(LoanChange change, EventType type) =>
        OutboxMessage.Of(type, change.After.Id.AsSubject, LoanPayload.Of(change));

    private static OutboxMessage ActOf(LoanChange change, EventType type, LoanEventId actId, Money amount) =>
        OutboxMessage.Of(type, change.After.Id.AsSubject, LoanActPayload.Of(change, actId, amount));

    private static OutboxMessage[] PaidOff(Loan before, LoanChange change) =>
        !PayableRules.IsSettled(before.Status) && PayableRules.IsSettled(change.State.Status)
            ? [MessageOf(change, EventType.LoanPaidOff)]
            : [];

    private static StoredLoan NoLongerPending(StoredLoan stored, StoredRepayment repayment) =>
        stored with
        {
            Pending = stored.Pending - repayment.Reported.Amount,
        };

    // The ledger and the allocations show the loan as of the day of its cached balances.
    internal static Loan BookedState(StoredLoan stored) => stored.Replay(stored.BookedOn);

    internal static List<LoanTransaction> ReallocatedBetween(Loan? before, Loan after)
    {
        var earlier = before?.Transactions.ToDictionary(one => one.EventId) ?? [];
        return
        [
            .. after.Transactions.Where(now =>
                now is { Kind: LoanEventKind.Repayment, IsReversed: false }
                && !(earlier.TryGetValue(now.EventId, out var was) && IsAllocatedAlike(was, now))
            ),
        ];
    }

    private static bool IsAllocatedAlike(LoanTransaction left, LoanTransaction right) =>
        left.Components == right.Components
        && left.Overpaid == right.Overpaid
        && left.PrincipalBalance == right.PrincipalBalance
        && left.TotalBalance == right.TotalBalance
        && left.Lines.SequenceEqual(right.Lines);
}
