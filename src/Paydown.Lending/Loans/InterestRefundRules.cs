using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// Works out how much interest goes back with money that a merchant or the payee of a payout returns: what this money
/// had cost until then, as if it had come back on the day of disbursement.
/// </summary>
public static class InterestRefundRules
{
    /// <summary>The interest to return; 0 if the principal bore none.</summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="events">All that was recorded before the refund.</param>
    /// <param name="refund">The money that came back.</param>
    public static Money Amount(LoanTerms terms, IReadOnlyList<LoanEvent> events, PaymentReceived refund)
    {
        Disbursed? first = null;
        var known = new List<LoanEvent>(events.Count + 1);
        foreach (var loanEvent in events)
        {
            if (loanEvent.On > refund.On && loanEvent is not EventReversed)
                continue;
            known.Add(loanEvent);
            if (loanEvent is Disbursed disbursed && (first is null || disbursed.On < first.On))
                first = disbursed;
        }

        if (first is null)
            return Money.Zero(terms.Currency);
        var byTheDay = ByTheDay(terms);
        var cost = InterestThrough(byTheDay, known, refund.On);
        known.Add(refund with { On = first.On });
        var costOfRest = InterestThrough(byTheDay, known, refund.On);
        return cost > costOfRest ? cost - costOfRest : Money.Zero(terms.Currency);
    }

    /// <summary>Interest of all days through a day, paid or unpaid.</summary>
    public static Money InterestThrough(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly day)
    {
        var loan = Loan.Replay(ByTheDay(terms), events, day, day);
        return loan.Money(loan.Payoff.Interest + loan.Paid.Interest);
    }

    // Interest through the day itself, even if closing the loan would cost more.
    private static LoanTerms ByTheDay(LoanTerms terms) =>
        terms with
        {
            Recalculation = terms.Recalculation is { } agreed
                ? agreed with
                {
                    PreClosure = PreClosure.TillPreClosureDate,
                }
                : new InterestRecalculation(
                    PreClosure.TillPreClosureDate,
                    Reschedule.AdjustLastUnpaidPeriod,
                    RestFrequency.Daily,
                    1
                ),
        };
}
