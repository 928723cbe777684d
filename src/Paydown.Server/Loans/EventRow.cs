using System.Diagnostics;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// The columns of <c>loan_event</c> that depend on the kind of event. The table has one column for each field that any
/// kind has; the kinds without it leave it null.
/// </summary>
internal readonly record struct EventRow
{
    public required string Kind { get; init; }

    public required Money Amount { get; init; }

    /// <summary>What was kept of a disbursement; null if nothing was.</summary>
    public Money? DownPayment { get; init; }

    public LoanEventId? TargetId { get; init; }

    public string? ChargeKind { get; init; }

    public DateOnly? DueOn { get; init; }

    public string? RuleFor { get; init; }

    public string? Rule { get; init; }

    /// <summary>What an officer agreed in an act: the JSON of <see cref="StoredAct"/>.</summary>
    public string? Act { get; init; }

    public static EventRow Of(LoanEvent loanEvent, Currency currency)
    {
        var row = new EventRow
        {
            Kind = Words.Write(loanEvent.Kind),
            Amount = loanEvent is MoneyEvent money ? money.Amount : Money.Zero(currency),
        };
        return loanEvent switch
        {
            Disbursed { DownPayment.IsPositive: true } paidOut => row with { DownPayment = paidOut.DownPayment },
            Disbursed or PaymentReceived or InterestWaived or OverpaymentRefunded or LoanWrittenOff => row,
            ChargeApplied charge => row with { ChargeKind = Words.Write(charge.Charge), DueOn = charge.DueOn },
            ChargeWaived waiver => row with { TargetId = waiver.ChargeId },
            ChargeAdjusted credit => row with { TargetId = credit.ChargeId },
            PaymentChargedBack chargeback => row with { TargetId = chargeback.PaymentId },
            EventReversed reversal => row with { TargetId = reversal.EventId },
            FutureRuleChanged change => row with
            {
                RuleFor = change.Source is { } source ? Words.Write(source) : null,
                Rule = Words.Write(change.Rule),
            },
            LoanAct act => row with { Act = StoredAct.Write(act) },
            _ => throw new UnreachableException($"The table has no columns for {loanEvent.GetType().Name}."),
        };
    }

    /// <summary>The event that the row stores.</summary>
    /// <exception cref="InvalidDataException">The row lacks a field of its kind.</exception>
    public LoanEvent ToEvent(LoanEventId id, int sequence, DateOnly on)
    {
        var kind = Words.Read<LoanEventKind>(Kind);
        if (LoanEventKinds.SourceOf(kind) is { } source)
            return new PaymentReceived
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = Amount,
                Source = source,
            };

        return kind switch
        {
            LoanEventKind.Disbursement => new Disbursed
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = Amount,
                DownPayment = DownPayment ?? Money.Zero(Amount.Currency),
            },
            LoanEventKind.Charge => new ChargeApplied
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = Amount,
                Charge = Words.Read<ChargeKind>(ChargeKind ?? throw Missing(id, "charge_kind")),
                DueOn = DueOn ?? throw Missing(id, "due_on"),
            },
            LoanEventKind.Waiver => WaiverRules.NewWaiver(id, sequence, on, TargetId, Amount),
            LoanEventKind.CreditBalanceRefund => new OverpaymentRefunded
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = Amount,
            },
            LoanEventKind.Chargeback => new PaymentChargedBack
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = Amount,
                PaymentId = TargetId ?? throw Missing(id, "target_id"),
            },
            LoanEventKind.ChargeAdjustment => new ChargeAdjusted
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = Amount,
                ChargeId = TargetId ?? throw Missing(id, "target_id"),
            },
            LoanEventKind.WriteOff => new LoanWrittenOff
            {
                Id = id,
                Sequence = sequence,
                On = on,
            },
            LoanEventKind.Reversal => new EventReversed
            {
                Id = id,
                Sequence = sequence,
                On = on,
                EventId = TargetId ?? throw Missing(id, "target_id"),
            },
            LoanEventKind.FutureRuleChange => new FutureRuleChanged
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Source = RuleFor is { } word ? Words.Read<PaymentSource>(word) : null,
                Rule = Words.Read<FutureRule>(Rule ?? throw Missing(id, "rule")),
            },
            _ => ToAct(kind, id, sequence, on),
        };
    }

    private LoanAct ToAct(LoanEventKind kind, LoanEventId id, int sequence, DateOnly on) =>
        StoredJson.Read<StoredAct>(Act ?? throw Missing(id, "act"), currency: null).ToAct(kind, id, sequence, on)
        ?? throw new UnreachableException($"No event is read from {Kind}.");

    private static InvalidDataException Missing(LoanEventId id, string column) =>
        new($"The event {id} has no {column}.");
}
