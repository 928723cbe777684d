using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Ledger;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>The kinds of events in a loan's history.</summary>
public enum HistoryKind
{
    Disbursement,
    DownPayment,
    Repayment,
    Charge,
    Waiver,
    Reversal,
    WriteOff,
    CreditBalanceRefund,
    GoodwillCredit,
    MerchantIssuedRefund,
    PayoutRefund,
    Chargeback,
    FutureRuleChange,
    InterestRefund,
    ArrearsPause,
    ArrearsResumption,
    Reschedule,
    ReAge,
    ReAmortization,
    InterestPause,
    ChargeOff,
    ContractTermination,
    ChargeAdjustment,
    InterestPaymentWaiver,

    // What the passing of days posts, without an event.
    EndOfDay,
}

/// <summary>An event of a loan with what it changed, as the loan is computed today.</summary>
public sealed record HistoryEvent
{
    /// <summary>
    /// The event, which has the id of its repayment if it is one; for <c>END_OF_DAY</c> the first journal entry of the
    /// day.
    /// </summary>
    public required SubjectId EventId { get; init; }

    /// <summary>
    /// The place in the order of recording, from 1; null for what follows from the terms, such as a penalty, and for
    /// <c>END_OF_DAY</c>.
    /// </summary>
    public required int? Sequence { get; init; }

    /// <summary>The kind of event. <c>END_OF_DAY</c>: what the passing of a day posts; only officers see it.</summary>
    public required HistoryKind Kind { get; init; }

    /// <summary>The day from which it counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When it was recorded; null if it follows from the terms.</summary>
    public required DateTimeOffset? RecordedAt { get; init; }

    /// <summary>True if it was reversed or undone: it has no effect now, and shows the one it had.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>The event that it takes back; null if it takes none back.</summary>
    public required LoanEventId? ReversedEventId { get; init; }

    /// <summary>The amount; 0 if it moves none.</summary>
    public required Money Amount { get; init; }

    /// <summary>The principal in the amount.</summary>
    public required Money PrincipalAmount { get; init; }

    /// <summary>The interest in the amount.</summary>
    public required Money InterestAmount { get; init; }

    /// <summary>The fees in the amount.</summary>
    public required Money FeesAmount { get; init; }

    /// <summary>The penalties in the amount.</summary>
    public required Money PenaltyAmount { get; init; }

    /// <summary>The part of the amount beyond everything owed.</summary>
    public required Money OverpaidAmount { get; init; }

    /// <summary>What each installment received, in the order of allocation.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    /// <summary>The outstanding principal right after it; null if it moves no amount.</summary>
    public required Money? PrincipalBalance { get; init; }

    /// <summary>Everything outstanding right after it; null if it moves no amount.</summary>
    public required Money? TotalBalance { get; init; }

    /// <summary>The user who recorded it; absent for customers, null if it follows from the terms.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserId? RecordedBy { get; init; }

    /// <summary>The officer's reason; absent for customers and if none was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>Its journal entries, in order of recording; absent for customers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JournalEntryView>? Entries { get; init; }
}

/// <summary>Puts the history of a loan together.</summary>
public static class LoanHistory
{
    /// <summary>The events in order of their value dates, those of a day in order of recording.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="today">The organisation's date.</param>
    /// <param name="records">When each event was recorded.</param>
    public static IReadOnlyList<HistoryEvent> Of(
        StoredLoan stored,
        DateOnly today,
        IReadOnlyDictionary<LoanEventId, EventRecord> records
    )
    {
        var transactions = stored.Replay(today).Transactions;
        var events = stored.Events.ToDictionary(one => one.Id);
        var shown = transactions.ToLookup(one => one.EventId);
        return
        [
            .. transactions
                .Select(one => Of(stored, events.GetValueOrDefault(one.EventId), one, records))
                .Concat(
                    stored.Events.Where(one => !shown.Contains(one.Id)).Select(one => Of(stored, one, null, records))
                )
                .OrderBy(one => one.On)
                .ThenBy(one => one.Sequence ?? int.MaxValue)
                .ThenBy(one => one.EventId.Value),
        ];
    }

    /// <summary>The same events with who recorded them, why, and all journal entries of the loan.</summary>
    public static IReadOnlyList<HistoryEvent> WithBooks(
        IReadOnlyList<HistoryEvent> events,
        IReadOnlyDictionary<LoanEventId, EventRecord> records,
        IReadOnlyList<JournalEntryView> entries,
        StoredLoan stored
    )
    {
        var bySubject = entries.ToLookup(entry => entry.SubjectId);
        var known = events.Select(one => one.EventId).ToHashSet();
        var days = entries.Where(entry => !known.Contains(entry.SubjectId)).GroupBy(entry => entry.EffectiveOn);
        return
        [
            .. events
                .Select(one =>
                    one with
                    {
                        RecordedBy = RecordOf(one)?.RecordedBy,
                        Reason = RecordOf(one)?.Reason,
                        Entries = [.. bySubject[one.EventId]],
                    }
                )
                .Concat(days.Select(day => OfDay(stored, [.. day])))
                .OrderBy(one => one.On)
                .ThenBy(one => one.Sequence ?? int.MaxValue)
                .ThenBy(one => one.EventId.Value),
        ];

        EventRecord? RecordOf(HistoryEvent one) => records.GetValueOrDefault(one.EventId.As<LoanEventId>());
    }

    /// <summary>The answer with a page of the history.</summary>
    public static Answer Answer(Paging paging, IReadOnlyList<HistoryEvent> events) =>
        paging.AnswerOf(
            events,
            one => new(one.On, one.Sequence ?? int.MaxValue, one.EventId),
            (one, key) =>
                (one.On, one.Sequence ?? int.MaxValue, one.EventId.Value).CompareTo(
                    ((DateOnly)key.Components[0], (int)key.Components[1], key.Id<SubjectId>(2).Value)
                ) > 0
        );

    private static HistoryEvent Of(
        StoredLoan stored,
        LoanEvent? loanEvent,
        LoanTransaction? transaction,
        IReadOnlyDictionary<LoanEventId, EventRecord> records
    )
    {
        var id = loanEvent?.Id ?? transaction!.EventId;
        var isMoney = transaction is { IsReversed: false };
        return Empty(
            stored,
            id.AsSubject,
            KindOf(transaction?.Kind ?? loanEvent!.Kind),
            transaction?.On ?? loanEvent!.On,
            records.GetValueOrDefault(id)?.RecordedAt
        ) with
        {
            Sequence = loanEvent?.Sequence,
            IsReversed =
                transaction?.IsReversed ?? stored.Events.Any(one => one is EventReversed of && of.EventId == id),
            ReversedEventId = (loanEvent as EventReversed)?.EventId,
            Amount = transaction?.Amount ?? stored.Money(0),
            PrincipalAmount = stored.Money(transaction?.Components.Principal ?? 0),
            InterestAmount = stored.Money(transaction?.Components.Interest ?? 0),
            FeesAmount = stored.Money(transaction?.Components.Fees ?? 0),
            PenaltyAmount = stored.Money(transaction?.Components.Penalty ?? 0),
            OverpaidAmount = transaction?.Overpaid ?? stored.Money(0),
            Allocation = [.. (transaction?.Lines ?? []).Select(line => ExplainedLine.Of(line, stored.Currency))],
            PrincipalBalance = isMoney ? transaction!.PrincipalBalance : null,
            TotalBalance = isMoney ? transaction!.TotalBalance : null,
        };
    }

    private static HistoryEvent OfDay(StoredLoan stored, IReadOnlyList<JournalEntryView> entries) =>
        Empty(
            stored,
            entries[0].EntryId.AsSubject,
            HistoryKind.EndOfDay,
            entries[0].EffectiveOn,
            entries[0].RecordedAt
        ) with
        {
            Entries = entries,
        };

    private static HistoryEvent Empty(
        StoredLoan stored,
        SubjectId id,
        HistoryKind kind,
        DateOnly on,
        DateTimeOffset? recordedAt
    ) =>
        new()
        {
            EventId = id,
            Sequence = null,
            Kind = kind,
            On = on,
            RecordedAt = recordedAt,
            IsReversed = false,
            ReversedEventId = null,
            Amount = stored.Money(0),
            PrincipalAmount = stored.Money(0),
            InterestAmount = stored.Money(0),
            FeesAmount = stored.Money(0),
            PenaltyAmount = stored.Money(0),
            OverpaidAmount = stored.Money(0),
            Allocation = [],
            PrincipalBalance = null,
            TotalBalance = null,
        };

    private static HistoryKind KindOf(LoanEventKind kind) => Enum.Parse<HistoryKind>(kind.ToString());
}
