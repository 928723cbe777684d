using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
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
/// Works out what a decision changes of a loan: the new event, the fold before and after, and from the two all that is
/// to be written. Pure but for the ids it gives. The decision itself was taken by the rules of Paydown.Lending.
/// </summary>
public sealed class LoanChanges(Ids ids)
{
    /// <summary>A new loan that is paid out.</summary>
    /// <param name="stored">The account without events; its balances are worked out here.</param>
    /// <param name="amountMinor">What is disbursed, in minor units.</param>
    /// <param name="disbursedOn">Value date.</param>
    /// <param name="context">Who, when.</param>
    public LoanChange Open(StoredLoan stored, long amountMinor, DateOnly disbursedOn, ActionContext context) =>
        Open(stored, [DisbursementOf(1, amountMinor, disbursedOn)], context);

    /// <summary>A new loan with its first events: it is paid out, and what was agreed is charged.</summary>
    public LoanChange Open(StoredLoan stored, IReadOnlyList<LoanEvent> events, ActionContext context)
    {
        var opened = Replayed(stored with { DisbursedOn = events[0].On }, before: null, events, context);
        return opened with { IsNew = true };
    }

    /// <summary>A running loan is paid out further, today.</summary>
    public LoanChange Disburse(StoredLoan stored, long amountMinor, ActionContext context) =>
        Replayed(stored, BookedState(stored), DisbursementOf(stored.NextSequence, amountMinor, context.Today), context);

    /// <summary>A repayment counts from its value date on, with the terms that an officer approved.</summary>
    public LoanChange Verify(StoredLoan stored, StoredRepayment repayment, ActionContext context) =>
        Counted(stored, NoLongerPending(stored, repayment), repayment, context);

    /// <summary>A repayment out of the customer's wallet counts at once.</summary>
    public LoanChange PayFromWallet(StoredLoan stored, StoredRepayment repayment, ActionContext context) =>
        Counted(stored, stored, repayment, context) with
        {
            WalletEntries =
            [
                Booked(
                    PostingRules.RepaidFromWallet(repayment.Id, stored.Money(repayment.AmountMinor), repayment.PaidOn)
                ),
            ],
        };

    /// <summary>The first of two officers approves: nothing counts yet.</summary>
    public LoanChange ApproveFirst(StoredLoan stored, StoredRepayment repayment, ActionContext context) =>
        Decided(Unreplayed(stored, context), repayment, DecisionKind.FirstApproval, repayment.CorrectionReason);

    /// <summary>The customer takes a mistaken report back before anybody has approved it: it never counts.</summary>
    public LoanChange Withdraw(StoredLoan stored, StoredRepayment repayment, string reason, ActionContext context)
    {
        var change = Decided(
            Unreplayed(NoLongerPending(stored, repayment), context),
            repayment,
            DecisionKind.Withdrawn,
            reason
        );
        return change with { Messages = [MessageOf(change, repayment, "repayment.rejected")] };
    }

    /// <summary>A repayment is refused: it never counts.</summary>
    public LoanChange Reject(StoredLoan stored, StoredRepayment repayment, string reason, ActionContext context)
    {
        var change = Decided(
            Unreplayed(NoLongerPending(stored, repayment), context),
            repayment,
            DecisionKind.Rejected,
            reason
        );
        return change with { Messages = [MessageOf(change, repayment, "repayment.rejected")] };
    }

    /// <summary>
    /// A verified repayment counts no longer, as if it had never come. It keeps its id and its history. What came out
    /// of the wallet goes back there.
    /// </summary>
    public LoanChange Reverse(StoredLoan stored, StoredRepayment repayment, string reason, ActionContext context)
    {
        var reversal = ReversalOf(stored, repayment.Id, context.Today);
        var change = Decided(
            Replayed(stored, BookedState(stored), reversal, context),
            repayment,
            DecisionKind.Reversed,
            reason
        );
        return change with
        {
            WalletEntries = repayment.IsFromWallet
                ?
                [
                    Booked(
                        PostingRules.ReturnedToWallet(repayment.Id, stored.Money(repayment.AmountMinor), context.Today)
                    ),
                ]
                : [],
            Messages = [MessageOf(change, repayment, "repayment.reversed")],
        };
    }

    /// <summary>A fee or penalty is owed from today on, or from its due date where that has passed.</summary>
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
            Id = ids.Next(),
            Sequence = stored.NextSequence,
            On = context.Today,
            AmountMinor = amount.MinorUnits,
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
        return Audited(Replayed(stored, BookedState(stored), charge, context), "CHARGE_APPLIED", detail) with
        {
            Reason = reason,
        };
    }

    /// <summary>What is unpaid of a charge, or of interest, is forgiven.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="chargeId">Null: interest.</param>
    /// <param name="amount">At most what is unpaid of it.</param>
    /// <param name="reason">For the audit trail.</param>
    /// <param name="context">Who, when.</param>
    public LoanChange Waive(StoredLoan stored, Guid? chargeId, Money amount, string reason, ActionContext context)
    {
        var waiver = WaiverRules.NewWaiver(ids.Next(), stored.NextSequence, context.Today, chargeId, amount.MinorUnits);
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
        return change with { Reason = reason, Messages = PaidOff(before, change) };
    }

    /// <summary>An overpayment, or a part of it, goes to the customer's wallet.</summary>
    public LoanChange Refund(StoredLoan stored, Money amount, string? reason, ActionContext context)
    {
        var on = RefundRules.CountsOn(stored.Events, context.Today);
        var refund = new OverpaymentRefunded
        {
            Id = ids.Next(),
            Sequence = stored.NextSequence,
            On = on,
            AmountMinor = amount.MinorUnits,
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
            WalletEntries = [Booked(PostingRules.RefundedToWallet(refund.Id, amount, on))],
        };
    }

    /// <summary>Nobody expects any longer that the loan is paid.</summary>
    public LoanChange WriteOff(StoredLoan stored, string reason, ActionContext context)
    {
        var writeOff = new LoanWrittenOff
        {
            Id = ids.Next(),
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
                Amount = stored.Money(change.State.WrittenOffMinor),
                Reason = reason,
            }
        );
        return change with
        {
            Reason = reason,
            Messages = [new OutboxMessage(ids.Next(), "loan.written_off", LoanPayload.Of(change))],
        };
    }

    /// <summary>A charge, waiver, refund or write-off is undone, as if it had never been.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="act">As it stands.</param>
    /// <param name="reason">For the audit trail and the list of acts.</param>
    /// <param name="context">Who, when.</param>
    public LoanChange Undo(StoredLoan stored, LoanTransaction act, string reason, ActionContext context)
    {
        var reversal = ReversalOf(stored, act.EventId, context.Today);
        var (before, amount) = (BookedState(stored), stored.Money(act.AmountMinor));
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
                    ? [Booked(PostingRules.RefundTakenBack(act.EventId, amount, context.Today))]
                    : [],
            Messages = PaidOff(before, change),
        };
    }

    /// <summary>A third party collects from now on, or no longer.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="collector">Null: the lender collects again.</param>
    /// <param name="context">Who, when.</param>
    public LoanChange SetCollector(StoredLoan stored, string? collector, ActionContext context) =>
        Audited(
            Unreplayed(stored with { Collector = collector }, context),
            "THIRD_PARTY_COLLECTION_SET",
            new { Before = stored.Collector, After = collector }
        );

    private LoanChange Counted(
        StoredLoan stored,
        StoredLoan undecided,
        StoredRepayment repayment,
        ActionContext context
    )
    {
        var paid = new PaymentReceived
        {
            Id = repayment.Id,
            Sequence = stored.NextSequence,
            On = repayment.PaidOn,
            AmountMinor = repayment.AmountMinor,
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
                MessageOf(change, repayment, "payment.received"),
                MessageOf(change, repayment, "repayment.verified"),
                .. PaidOff(before, change),
            ],
        };
    }

    private Disbursed DisbursementOf(int sequence, long amountMinor, DateOnly on) =>
        new()
        {
            Id = ids.Next(),
            Sequence = sequence,
            On = on,
            AmountMinor = amountMinor,
        };

    private LoanChange Replayed(StoredLoan stored, Loan? before, LoanEvent loanEvent, ActionContext context) =>
        Replayed(stored, before, [loanEvent], context);

    private LoanChange Replayed(
        StoredLoan stored,
        Loan? before,
        IReadOnlyList<LoanEvent> loanEvent,
        ActionContext context
    )
    {
        var events = (IReadOnlyList<LoanEvent>)[.. stored.Events, .. loanEvent];
        var after = Loan.Replay(stored.Terms, events, context.Today);
        var entries = LoanPostings.Between(before, after, context.Today);
        return new LoanChange
        {
            ActionContext = context,
            After = stored.WithState(after, events),
            State = after,
            Events = loanEvent,
            Allocated = ReallocatedBetween(before, after),
            Entries = [.. entries.Select(Booked)],
        };
    }

    private EventReversed ReversalOf(StoredLoan stored, Guid eventId, DateOnly on) =>
        new()
        {
            Id = ids.Next(),
            Sequence = stored.NextSequence,
            On = on,
            EventId = eventId,
        };

    private BookedEntry Booked(JournalEntry entry) => new(ids.Next(), entry);

    // What changes no event changes no balance either; the fold is run for what is answered.
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
                AmountMinor = repayment.AmountMinor == reported.AmountMinor ? null : repayment.AmountMinor,
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
            Audited = [new AuditEntry(ids.Next(), action, JsonSerializer.Serialize(detail, Wire.Options))],
        };

    private OutboxMessage MessageOf(LoanChange change, StoredRepayment repayment, string type) =>
        new(ids.Next(), type, RepaymentPayload.Of(change, repayment));

    private OutboxMessage[] PaidOff(Loan before, LoanChange change) =>
        !PayableRules.IsSettled(before.Status) && PayableRules.IsSettled(change.State.Status)
            ? [new OutboxMessage(ids.Next(), "loan.paid_off", LoanPayload.Of(change))]
            : [];

    private static StoredLoan NoLongerPending(StoredLoan stored, StoredRepayment repayment) =>
        stored with
        {
            PendingMinor = stored.PendingMinor - repayment.Reported.AmountMinor,
        };

    // The ledger and the allocations show the loan as of the day for which its balances were cached.
    private static Loan BookedState(StoredLoan stored) => stored.Replay(stored.BookedOn);

    private static List<LoanTransaction> ReallocatedBetween(Loan? before, Loan after)
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
        && left.OverpaidMinor == right.OverpaidMinor
        && left.PrincipalBalanceMinor == right.PrincipalBalanceMinor
        && left.TotalBalanceMinor == right.TotalBalanceMinor
        && left.Lines.SequenceEqual(right.Lines);
}
