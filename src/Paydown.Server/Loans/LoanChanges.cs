using System.Text.Json;
using Paydown.Lending;
using Paydown.Lending.Accounting;
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
    /// <param name="file">The account without events; its balances are worked out here.</param>
    /// <param name="amountMinor">What is disbursed, in minor units.</param>
    /// <param name="disbursedOn">Value date.</param>
    /// <param name="occasion">Who, when.</param>
    public LoanChange Open(LoanFile file, long amountMinor, DateOnly disbursedOn, Occasion occasion) =>
        Open(file, [DisbursementOf(1, amountMinor, disbursedOn)], occasion);

    /// <summary>A new loan with its first events: it is paid out, and what was agreed is charged.</summary>
    public LoanChange Open(LoanFile file, IReadOnlyList<LoanEvent> events, Occasion occasion)
    {
        var opened = Replayed(file with { DisbursedOn = events[0].On }, before: null, events, occasion);
        return opened with { IsNew = true };
    }

    /// <summary>A running loan is paid out further, today.</summary>
    public LoanChange Disburse(LoanFile file, long amountMinor, Occasion occasion) =>
        Replayed(file, BookedState(file), DisbursementOf(file.NextSequence, amountMinor, occasion.Today), occasion);

    /// <summary>A repayment counts from its value date on, with the terms that an officer approved.</summary>
    public LoanChange Verify(LoanFile file, RepaymentFile repayment, Occasion occasion) =>
        Counted(file, NoLongerPending(file, repayment), repayment, occasion);

    /// <summary>A repayment out of the customer's wallet counts at once.</summary>
    public LoanChange PayFromWallet(LoanFile file, RepaymentFile repayment, Occasion occasion) =>
        Counted(file, file, repayment, occasion) with
        {
            WalletEntries =
            [
                Booked(
                    PostingRules.RepaidFromWallet(repayment.Id, file.Money(repayment.AmountMinor), repayment.PaidOn)
                ),
            ],
        };

    /// <summary>The first of two officers approves: nothing counts yet.</summary>
    public LoanChange ApproveFirst(LoanFile file, RepaymentFile repayment, Occasion occasion) =>
        Decided(Unreplayed(file, occasion), repayment, DecisionKind.FirstApproval, repayment.CorrectionReason);

    /// <summary>The customer takes a mistaken report back before anybody has approved it: it never counts.</summary>
    public LoanChange Withdraw(LoanFile file, RepaymentFile repayment, string reason, Occasion occasion)
    {
        var change = Decided(
            Unreplayed(NoLongerPending(file, repayment), occasion),
            repayment,
            DecisionKind.Withdrawn,
            reason
        );
        return change with { News = [Told(change, repayment, "repayment.rejected")] };
    }

    /// <summary>A repayment is refused: it never counts.</summary>
    public LoanChange Reject(LoanFile file, RepaymentFile repayment, string reason, Occasion occasion)
    {
        var change = Decided(
            Unreplayed(NoLongerPending(file, repayment), occasion),
            repayment,
            DecisionKind.Rejected,
            reason
        );
        return change with { News = [Told(change, repayment, "repayment.rejected")] };
    }

    /// <summary>
    /// A verified repayment counts no longer, as if it had never come. It keeps its id and its history. What came out
    /// of the wallet goes back there.
    /// </summary>
    public LoanChange Reverse(LoanFile file, RepaymentFile repayment, string reason, Occasion occasion)
    {
        var reversal = NewEvent(file, LoanEventKind.Reversal, occasion.Today) with { TargetId = repayment.Id };
        var change = Decided(
            Replayed(file, BookedState(file), reversal, occasion),
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
                        PostingRules.ReturnedToWallet(repayment.Id, file.Money(repayment.AmountMinor), occasion.Today)
                    ),
                ]
                : [],
            News = [Told(change, repayment, "repayment.reversed")],
        };
    }

    /// <summary>A fee or penalty is owed from today on, or from its due date where that has passed.</summary>
    public LoanChange Charge(
        LoanFile file,
        ChargeKind kind,
        Money amount,
        DateOnly dueOn,
        string? reason,
        Occasion occasion
    )
    {
        var charge = NewEvent(file, LoanEventKind.Charge, occasion.Today) with
        {
            AmountMinor = amount.MinorUnits,
            ChargeKind = kind,
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
        return Audited(Replayed(file, BookedState(file), charge, occasion), "CHARGE_APPLIED", detail) with
        {
            Reason = reason,
        };
    }

    /// <summary>What is unpaid of a charge, or of interest, is forgiven.</summary>
    /// <param name="file">The loan.</param>
    /// <param name="chargeId">Null: interest.</param>
    /// <param name="amount">At most what is unpaid of it.</param>
    /// <param name="reason">For the audit trail.</param>
    /// <param name="occasion">Who, when.</param>
    public LoanChange Waive(LoanFile file, Guid? chargeId, Money amount, string reason, Occasion occasion)
    {
        var waiver = NewEvent(file, LoanEventKind.Waiver, occasion.Today) with
        {
            AmountMinor = amount.MinorUnits,
            TargetId = chargeId,
        };
        var before = BookedState(file);
        var change = Audited(
            Replayed(file, before, waiver, occasion),
            "DEBT_WAIVED",
            new
            {
                WaiverId = waiver.Id,
                ChargeId = chargeId,
                Amount = amount,
                Reason = reason,
            }
        );
        return change with { Reason = reason, News = PaidOff(before, change) };
    }

    /// <summary>An overpayment, or a part of it, goes to the customer's wallet.</summary>
    public LoanChange Refund(LoanFile file, Money amount, string? reason, Occasion occasion)
    {
        var on = RefundRules.CountsOn(file.Events, occasion.Today);
        var refund = NewEvent(file, LoanEventKind.CreditBalanceRefund, on) with { AmountMinor = amount.MinorUnits };
        var change = Audited(
            Replayed(file, BookedState(file), refund, occasion),
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
    public LoanChange WriteOff(LoanFile file, string reason, Occasion occasion)
    {
        var writeOff = NewEvent(file, LoanEventKind.WriteOff, occasion.Today);
        var change = Replayed(file, BookedState(file), writeOff, occasion);
        change = Audited(
            change,
            "LOAN_WRITTEN_OFF",
            new
            {
                WriteOffId = writeOff.Id,
                Amount = file.Money(change.State.WrittenOffMinor),
                Reason = reason,
            }
        );
        return change with { Reason = reason, News = [new News(ids.Next(), "loan.written_off", LoanTold.Of(change))] };
    }

    /// <summary>A charge, waiver, refund or write-off is undone, as if it had never been.</summary>
    /// <param name="file">The loan.</param>
    /// <param name="act">As it stands.</param>
    /// <param name="reason">For the audit trail and the list of acts.</param>
    /// <param name="occasion">Who, when.</param>
    public LoanChange Undo(LoanFile file, LoanTransaction act, string reason, Occasion occasion)
    {
        var reversal = NewEvent(file, LoanEventKind.Reversal, occasion.Today) with { TargetId = act.EventId };
        var (before, amount) = (BookedState(file), file.Money(act.AmountMinor));
        var change = Audited(
            Replayed(file, before, reversal, occasion),
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
                    ? [Booked(PostingRules.RefundTakenBack(act.EventId, amount, occasion.Today))]
                    : [],
            News = PaidOff(before, change),
        };
    }

    /// <summary>A third party collects from now on, or no longer.</summary>
    /// <param name="file">The loan.</param>
    /// <param name="collector">Null: the lender collects again.</param>
    /// <param name="occasion">Who, when.</param>
    public LoanChange SetCollector(LoanFile file, string? collector, Occasion occasion) =>
        Audited(
            Unreplayed(file with { Collector = collector }, occasion),
            "THIRD_PARTY_COLLECTION_SET",
            new { Before = file.Collector, After = collector }
        );

    private LoanChange Counted(LoanFile file, LoanFile undecided, RepaymentFile repayment, Occasion occasion)
    {
        var paid = new LoanEvent
        {
            Id = repayment.Id,
            Sequence = file.NextSequence,
            Kind = LoanEventKind.Repayment,
            On = repayment.PaidOn,
            AmountMinor = repayment.AmountMinor,
        };
        var before = BookedState(file);
        var change = Decided(
            Replayed(undecided, before, paid, occasion),
            repayment,
            DecisionKind.Verified,
            repayment.CorrectionReason
        );
        return change with
        {
            News =
            [
                Told(change, repayment, "payment.received"),
                Told(change, repayment, "repayment.verified"),
                .. PaidOff(before, change),
            ],
        };
    }

    private LoanEvent DisbursementOf(int sequence, long amountMinor, DateOnly on) =>
        new()
        {
            Id = ids.Next(),
            Sequence = sequence,
            Kind = LoanEventKind.Disbursement,
            On = on,
            AmountMinor = amountMinor,
        };

    private LoanChange Replayed(LoanFile file, Loan? before, LoanEvent happened, Occasion occasion) =>
        Replayed(file, before, [happened], occasion);

    private LoanChange Replayed(LoanFile file, Loan? before, IReadOnlyList<LoanEvent> happened, Occasion occasion)
    {
        var events = (IReadOnlyList<LoanEvent>)[.. file.Events, .. happened];
        var after = Loan.Replay(file.Terms, events, occasion.Today);
        var entries = LoanPostings.Between(before, after, occasion.Today);
        return new LoanChange
        {
            Occasion = occasion,
            After = file.WithState(after, events),
            State = after,
            Events = happened,
            Allocated = ReallocatedBetween(before, after),
            Entries = [.. entries.Select(Booked)],
        };
    }

    private LoanEvent NewEvent(LoanFile file, LoanEventKind kind, DateOnly on) =>
        new()
        {
            Id = ids.Next(),
            Sequence = file.NextSequence,
            Kind = kind,
            On = on,
        };

    private BookedEntry Booked(JournalEntry entry) => new(ids.Next(), entry);

    // What changes no event changes no balance either; the fold is run for what is answered.
    private static LoanChange Unreplayed(LoanFile file, Occasion occasion) =>
        new()
        {
            Occasion = occasion,
            After = file,
            State = file.Replay(occasion.Today),
        };

    private static LoanChange Decided(LoanChange change, RepaymentFile repayment, DecisionKind kind, string? reason)
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

    private News Told(LoanChange change, RepaymentFile repayment, string type) =>
        new(ids.Next(), type, RepaymentTold.Of(change, repayment));

    private News[] PaidOff(Loan before, LoanChange change) =>
        !PayableRules.IsSettled(before.Status) && PayableRules.IsSettled(change.State.Status)
            ? [new News(ids.Next(), "loan.paid_off", LoanTold.Of(change))]
            : [];

    private static LoanFile NoLongerPending(LoanFile file, RepaymentFile repayment) =>
        file with
        {
            PendingMinor = file.PendingMinor - repayment.Reported.AmountMinor,
        };

    // The ledger and the allocations show the loan as of the day for which its balances were cached.
    private static Loan BookedState(LoanFile file) => file.Replay(file.BookedOn);

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
        left.Parts == right.Parts
        && left.OverpaidMinor == right.OverpaidMinor
        && left.PrincipalBalanceMinor == right.PrincipalBalanceMinor
        && left.TotalBalanceMinor == right.TotalBalanceMinor
        && left.Lines.SequenceEqual(right.Lines);
}
