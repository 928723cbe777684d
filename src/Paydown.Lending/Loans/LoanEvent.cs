using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// One event in the life of a loan. Immutable, and its id never changes: a replay changes the effect of an event, never
/// the event. The set of events is closed: all of them are in this file and in that of <see cref="LoanAct"/>, and
/// <c>LoanEventTests</c> checks that every switch over them has a case for each.
/// </summary>
public abstract record LoanEvent
{
    private protected LoanEvent() { }

    /// <summary>Unique within the loan; a repayment's event has the repayment's id.</summary>
    public required LoanEventId Id { get; init; }

    /// <summary>The order of recording within the loan, from 1; breaks ties between events of one day.</summary>
    public required int Sequence { get; init; }

    /// <summary>The value date: the day from which the event counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The kind under which it is stored, posted and listed.</summary>
    public abstract LoanEventKind Kind { get; }

    /// <summary>False if it shows no transaction: it changes the effect of others, but nothing by itself.</summary>
    public virtual bool HasTransaction => true;
}

/// <summary>An event with its own amount.</summary>
public abstract record MoneyEvent : LoanEvent
{
    private protected MoneyEvent() { }

    /// <summary>In the loan's currency, 0 or more.</summary>
    public required Money Amount { get; init; }
}

/// <summary>Principal is paid out to the customer. The first one starts the schedule.</summary>
public sealed record Disbursed : MoneyEvent
{
    private readonly long downPayment;

    /// <summary>
    /// What of it was kept at once as down payment, in the loan's currency; <see cref="DownPayments.Collect"/> decides
    /// it once. Whatever is recorded later, this money was kept.
    /// </summary>
    public Money DownPayment
    {
        get => new(downPayment, Amount.Currency);
        init => downPayment = value.MinorUnits;
    }

    public override LoanEventKind Kind => LoanEventKind.Disbursement;
}

/// <summary>Money arrives that settles debts.</summary>
public sealed record PaymentReceived : MoneyEvent
{
    /// <summary>The source of the money.</summary>
    public PaymentSource Source { get; init; } = PaymentSource.Repayment;

    public override LoanEventKind Kind => LoanEventKinds.Of(Source);
}

/// <summary>A fee or penalty is owed.</summary>
public sealed record ChargeApplied : MoneyEvent
{
    public required ChargeKind Charge { get; init; }

    /// <summary>The day the charge falls due; it counts from then if that is earlier than its value date.</summary>
    public required DateOnly DueOn { get; init; }

    public override LoanEventKind Kind => LoanEventKind.Charge;
}

/// <summary>The unpaid part of a charge is forgiven, up to the amount; an amount of 0 forgives all of it.</summary>
public sealed record ChargeWaived : MoneyEvent
{
    /// <summary>The event of the charge.</summary>
    public required LoanEventId ChargeId { get; init; }

    public override LoanEventKind Kind => LoanEventKind.Waiver;
}

/// <summary>Unpaid interest is forgiven, the oldest first, up to the amount; 0 forgives all of it.</summary>
public sealed record InterestWaived : MoneyEvent
{
    public override LoanEventKind Kind => LoanEventKind.Waiver;
}

/// <summary>An overpayment, or a part of it, is paid back to the customer.</summary>
public sealed record OverpaymentRefunded : MoneyEvent
{
    public override LoanEventKind Kind => LoanEventKind.CreditBalanceRefund;
}

/// <summary>The payer's bank takes a payment back, or a part of it: the debt is owed again.</summary>
public sealed record PaymentChargedBack : MoneyEvent
{
    /// <summary>The event of the payment.</summary>
    public required LoanEventId PaymentId { get; init; }

    public override LoanEventKind Kind => LoanEventKind.Chargeback;
}

/// <summary>
/// An amount is credited back for a charge: it pays what is unpaid of that charge, and then settles debts as a
/// repayment of its day does. Settled by C2671.
/// </summary>
public sealed record ChargeAdjusted : MoneyEvent
{
    /// <summary>The event of the charge.</summary>
    public required LoanEventId ChargeId { get; init; }

    public override LoanEventKind Kind => LoanEventKind.ChargeAdjustment;
}

/// <summary>The lender no longer expects the loan to be paid.</summary>
public sealed record LoanWrittenOff : LoanEvent
{
    public override LoanEventKind Kind => LoanEventKind.WriteOff;
}

/// <summary>An earlier event is taken back: the loan is replayed as if that event had never happened.</summary>
public sealed record EventReversed : LoanEvent
{
    /// <summary>The event that is taken back.</summary>
    public required LoanEventId EventId { get; init; }

    public override LoanEventKind Kind => LoanEventKind.Reversal;

    public override bool HasTransaction => false;
}

/// <summary>From here on, money for future installments is spent by another rule.</summary>
public sealed record FutureRuleChanged : LoanEvent
{
    /// <summary>The payments concerned; null: all sources without a rule of their own.</summary>
    public PaymentSource? Source { get; init; }

    public required FutureRule Rule { get; init; }

    public override LoanEventKind Kind => LoanEventKind.FutureRuleChange;

    public override bool HasTransaction => false;
}
