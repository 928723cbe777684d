using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Loans;

/// <summary>Makes events by their kind, for tests that draw the kind at random or name it in a table.</summary>
internal static class TestEvents
{
    public static LoanEvent Of(
        LoanEventKind kind,
        LoanEventId id,
        int sequence,
        DateOnly on,
        Money amount,
        LoanEventId? target = null,
        DateOnly? dueOn = null,
        ChargeKind charge = ChargeKind.Fee
    )
    {
        if (LoanEventKinds.SourceOf(kind) is { } source)
            return Payment(id, sequence, on, amount, source);
        return kind switch
        {
            LoanEventKind.Disbursement => Disbursement(id, sequence, on, amount),
            LoanEventKind.Charge => new ChargeApplied
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = amount,
                Charge = charge,
                DueOn = dueOn ?? on,
            },
            LoanEventKind.Waiver => WaiverRules.NewWaiver(id, sequence, on, target, amount),
            LoanEventKind.CreditBalanceRefund => new OverpaymentRefunded
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = amount,
            },
            LoanEventKind.Chargeback => new PaymentChargedBack
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = amount,
                PaymentId = target ?? default,
            },
            LoanEventKind.Reversal => Reversal(id, sequence, on, target ?? default),
            LoanEventKind.WriteOff => new LoanWrittenOff
            {
                Id = id,
                Sequence = sequence,
                On = on,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Needs more than an amount."),
        };
    }

    /// <summary>The event; a disbursement with the down payment that is kept of it.</summary>
    public static LoanEvent Collecting(LoanTerms terms, IEnumerable<LoanEvent> recorded, LoanEvent next) =>
        next is Disbursed disbursed ? DownPayments.Collect(terms, recorded, disbursed) : next;

    public static Disbursed Disbursement(LoanEventId id, int sequence, DateOnly on, Money amount) =>
        new()
        {
            Id = id,
            Sequence = sequence,
            On = on,
            Amount = amount,
        };

    public static PaymentReceived Payment(
        LoanEventId id,
        int sequence,
        DateOnly on,
        Money amount,
        PaymentSource source = PaymentSource.Repayment
    ) =>
        new()
        {
            Id = id,
            Sequence = sequence,
            On = on,
            Amount = amount,
            Source = source,
        };

    public static EventReversed Reversal(LoanEventId id, int sequence, DateOnly on, LoanEventId target) =>
        new()
        {
            Id = id,
            Sequence = sequence,
            On = on,
            EventId = target,
        };
}
