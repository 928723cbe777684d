using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// One thing that happened to a loan. Immutable, and its id never changes: a replay changes what an event comes to,
/// never the event.
/// </summary>
public sealed record LoanEvent
{
    /// <summary>Unique in the loan; a repayment's event has the repayment's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Order of recording in the loan, from 1; breaks ties between events of one day.</summary>
    public required int Sequence { get; init; }

    public required LoanEventKind Kind { get; init; }

    /// <summary>Value date: the day from which it counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>In minor units of the loan's currency; 0 where the kind has no amount of its own.</summary>
    public long AmountMinor { get; init; }

    /// <summary>The event that a reversal, waiver or chargeback is about.</summary>
    public Guid? TargetId { get; init; }

    /// <summary>For a charge: fee or penalty.</summary>
    public ChargeKind? ChargeKind { get; init; }

    /// <summary>For a charge: the day it falls due.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>
    /// For <see cref="LoanEventKind.FutureRuleChange"/>: the kind of transaction; null is the default rule.
    /// </summary>
    public LoanEventKind? RuleFor { get; init; }

    /// <summary>For <see cref="LoanEventKind.FutureRuleChange"/>: the rule from here on.</summary>
    public FutureRule? Rule { get; init; }
}
