using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// Decides whether an act on a loan may be undone: a charge, a waiver, a refund or a write-off. The loan is replayed as
/// if the act had never happened. Repayments are reversed by their own rules.
/// </summary>
public static class UndoRules
{
    /// <summary>The act with its effect. The order of the refusals is tested.</summary>
    /// <param name="loan">As of the day of the undoing; null: the officer's organisation has none of this id.</param>
    /// <param name="events">What the loan was replayed from.</param>
    /// <param name="actId">The event of the act.</param>
    public static Result<LoanTransaction> Undo(Loan? loan, IReadOnlyList<LoanEvent> events, LoanEventId actId)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (!events.Any(one => one.Id == actId && CanBeUndone(one)))
            return Refusals.NotFound("act");
        return loan.Transactions.FirstOrDefault(one => one.EventId == actId) is { IsReversed: false } act
            ? act
            : Refusals.AlreadyUndone();
    }

    /// <summary>Whether an event is an act of an officer that an officer can undo, of either kind.</summary>
    public static bool IsAct(LoanEvent loanEvent) => loanEvent is LoanAct || CanBeUndone(loanEvent);

    /// <summary>
    /// Whether an event is an act of an officer that moves what is owed. <see cref="PlanActRules.TakeBack"/> undoes the
    /// others.
    /// </summary>
    public static bool CanBeUndone(LoanEvent loanEvent) =>
        loanEvent
            is ChargeApplied
                or ChargeWaived
                or InterestWaived
                or OverpaymentRefunded
                or LoanWrittenOff
                or ChargeAdjusted
                or PaymentReceived { Source: PaymentSource.InterestPaymentWaiver };
}
