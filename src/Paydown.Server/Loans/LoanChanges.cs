using System.Text.Json;
using Paydown.Lending;
using Paydown.Lending.Accounting;
using Paydown.Lending.Loans;
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
    public LoanChange Disburse(LoanFile file, long amountMinor, Occasion occasion) => Replayed(
        file, BookedState(file), DisbursementOf(file.NextSequence, amountMinor, occasion.Today), occasion);

    /// <summary>A repayment counts from its value date on.</summary>
    public LoanChange Verify(LoanFile file, RepaymentFile repayment, Occasion occasion)
    {
        var paid = new LoanEvent
        {
            Id = repayment.Id, Sequence = file.NextSequence, Kind = LoanEventKind.Repayment, On = repayment.PaidOn,
            AmountMinor = repayment.AmountMinor,
        };
        var before = BookedState(file);
        var change = Decided(
            Replayed(NoLongerPending(file, repayment), before, paid, occasion), repayment, DecisionKind.Verified, null);
        return change with
        {
            News =
            [
                Told(change, repayment, "payment.received"), Told(change, repayment, "repayment.verified"),
                .. PaidOff(before, change),
            ],
        };
    }

    /// <summary>The first of two officers approves: nothing counts yet.</summary>
    public LoanChange ApproveFirst(LoanFile file, RepaymentFile repayment, Occasion occasion) =>
        Decided(Unreplayed(file, occasion), repayment, DecisionKind.FirstApproval, null);

    /// <summary>A repayment is refused: it never counts.</summary>
    public LoanChange Reject(LoanFile file, RepaymentFile repayment, string reason, Occasion occasion)
    {
        var change = Decided(
            Unreplayed(NoLongerPending(file, repayment), occasion), repayment, DecisionKind.Rejected, reason);
        return change with { News = [Told(change, repayment, "repayment.rejected")] };
    }

    /// <summary>
    /// A verified repayment counts no longer, as if it had never come. It keeps its id and its history.
    /// </summary>
    public LoanChange Reverse(LoanFile file, RepaymentFile repayment, string reason, Occasion occasion)
    {
        var reversal = new LoanEvent
        {
            Id = ids.Next(), Sequence = file.NextSequence, Kind = LoanEventKind.Reversal, On = occasion.Today,
            TargetId = repayment.Id,
        };
        var change = Decided(
            Replayed(file, BookedState(file), reversal, occasion), repayment, DecisionKind.Reversed, reason);
        return change with { News = [Told(change, repayment, "repayment.reversed")] };
    }

    /// <summary>A fee or penalty is owed from today on, or from its due date where that has passed.</summary>
    public LoanChange Charge(
        LoanFile file, ChargeKind kind, Money amount, DateOnly dueOn, string? reason, Occasion occasion)
    {
        var charge = new LoanEvent
        {
            Id = ids.Next(), Sequence = file.NextSequence, Kind = LoanEventKind.Charge, On = occasion.Today,
            AmountMinor = amount.MinorUnits, ChargeKind = kind, DueOn = dueOn,
        };
        var detail = new { ChargeId = charge.Id, Kind = kind, Amount = amount, DueDate = dueOn, Reason = reason };
        return Audited(Replayed(file, BookedState(file), charge, occasion), "CHARGE_APPLIED", detail);
    }

    /// <summary>A third party collects from now on, or no longer.</summary>
    /// <param name="file">The loan.</param>
    /// <param name="collector">Null: the lender collects again.</param>
    /// <param name="occasion">Who, when.</param>
    public LoanChange SetCollector(LoanFile file, string? collector, Occasion occasion) =>
        Audited(
            Unreplayed(file with { Collector = collector }, occasion), "THIRD_PARTY_COLLECTION_SET",
            new { Before = file.Collector, After = collector });

    private LoanEvent DisbursementOf(int sequence, long amountMinor, DateOnly on) => new()
    {
        Id = ids.Next(), Sequence = sequence, Kind = LoanEventKind.Disbursement, On = on, AmountMinor = amountMinor,
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
            Entries = [.. entries.Select(entry => new BookedEntry(ids.Next(), entry))],
        };
    }

    // What changes no event changes no balance either; the fold is run for what is answered.
    private static LoanChange Unreplayed(LoanFile file, Occasion occasion) =>
        new() { Occasion = occasion, After = file, State = file.Replay(occasion.Today) };

    private static LoanChange Decided(LoanChange change, RepaymentFile repayment, DecisionKind kind, string? reason) =>
        change with { Decisions = [new RepaymentDecision(repayment.Id, kind, reason)] };

    private LoanChange Audited(LoanChange change, string action, object detail) =>
        change with { Audited = [new AuditEntry(ids.Next(), action, JsonSerializer.Serialize(detail, Wire.Options))] };

    private News Told(LoanChange change, RepaymentFile repayment, string type) =>
        new(ids.Next(), type, RepaymentTold.Of(change, repayment));

    private News[] PaidOff(Loan before, LoanChange change) =>
        !before.Outstanding.IsZero && change.State.Outstanding.IsZero
            ? [new News(ids.Next(), "loan.paid_off", LoanTold.Of(change))]
            : [];

    private static LoanFile NoLongerPending(LoanFile file, RepaymentFile repayment) =>
        file with { PendingMinor = file.PendingMinor - repayment.AmountMinor };

    // The ledger and the allocations show the loan as of the day for which its balances were cached.
    private static Loan BookedState(LoanFile file) => file.Replay(file.BookedOn);

    private static List<LoanTransaction> ReallocatedBetween(Loan? before, Loan after)
    {
        var earlier = before?.Transactions.ToDictionary(one => one.EventId) ?? [];
        return
        [
            .. after.Transactions.Where(now => now is { Kind: LoanEventKind.Repayment, IsReversed: false }
                && !(earlier.TryGetValue(now.EventId, out var was) && IsAllocatedAlike(was, now))),
        ];
    }

    private static bool IsAllocatedAlike(LoanTransaction left, LoanTransaction right) =>
        left.Parts == right.Parts && left.OverpaidMinor == right.OverpaidMinor
        && left.PrincipalBalanceMinor == right.PrincipalBalanceMinor
        && left.TotalBalanceMinor == right.TotalBalanceMinor
        && left.Lines.SequenceEqual(right.Lines);
}
