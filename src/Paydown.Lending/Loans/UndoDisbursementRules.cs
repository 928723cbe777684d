using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Loans;

/// <summary>
/// Decides whether the last disbursement can be taken back: the loan is replayed as if it had never been, nor its
/// automatic down payment. Settled by the published table C2858.
/// </summary>
public static class UndoDisbursementRules
{
    /// <summary>The disbursement to reverse.</summary>
    /// <param name="loan">As of today; null: the officer's organisation has none of this id.</param>
    /// <param name="events">What the loan was replayed from.</param>
    public static Result<Disbursed> UndoLast(Loan? loan, IReadOnlyList<LoanEvent> events)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is LoanStatus.WrittenOff or LoanStatus.PendingDisbursement)
            return Refusals.LoanNotRunning();
        var order = EventOrder.Of(events, loan.Terms.Allocation.Strategy);
        var last = order.Events.OfType<Disbursed>().Last(one => !order.IsReversed(one.Id));
        return order.Events.Any(one => IsSince(one, last) && !order.IsReversed(one.Id))
            ? Refusals.PaidSinceDisbursement()
            : last;
    }

    /// <summary>
    /// The events to reverse with a disbursement: itself, and all charges and waivers if nothing else was paid out.
    /// </summary>
    /// <param name="loan">The loan before.</param>
    /// <param name="events">What it was replayed from.</param>
    /// <param name="last">The disbursement, as <see cref="UndoLast"/> found it.</param>
    public static IReadOnlyList<LoanEvent> UndoneWith(Loan loan, IReadOnlyList<LoanEvent> events, Disbursed last)
    {
        var order = EventOrder.Of(events, loan.Terms.Allocation.Strategy);
        var standing = order.Events.Where(one => one is not EventReversed && !order.IsReversed(one.Id)).ToList();
        return standing.Any(one => one is Disbursed && one.Id != last.Id)
            ? [last]
            : [last, .. standing.Where(one => one.Id != last.Id)];
    }

    private static bool IsSince(LoanEvent one, Disbursed last) =>
        one is PaymentReceived or PaymentChargedBack or ChargeAdjusted or OverpaymentRefunded or LoanAct
        && (one.On >= last.On || one.Sequence > last.Sequence);
}
