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
        var known = events.Where(one => one.On <= refund.On || one is EventReversed).ToList();
        if (!known.OfType<Disbursed>().Any())
            return Money.Zero(terms.Currency);
        var byTheDay = ByTheDay(terms);
        var order = EventOrder.Of(known, terms.Allocation.Strategy);
        var cost = InterestThrough(byTheDay, known, refund.On);
        var returned = refund.Amount;
        foreach (var earlier in known.OfType<PaymentReceived>().Where(one => !order.IsReversed(one.Id)).ToArray())
        {
            if (earlier.Source == PaymentSource.InterestRefund)
                cost -= earlier.Amount;
            else if (earlier.Source is PaymentSource.MerchantIssuedRefund or PaymentSource.PayoutRefund)
                returned += earlier.Amount;
            else
                continue;
            known.Remove(earlier);
        }

        known.AddRange(OnDaysOfDisbursement(refund, returned, order));
        var costOfRest = InterestThrough(byTheDay, known, refund.On);
        return cost > costOfRest ? cost - costOfRest : Money.Zero(terms.Currency);
    }

    // What came back paid the oldest money that was lent first.
    private static IEnumerable<PaymentReceived> OnDaysOfDisbursement(
        PaymentReceived refund,
        Money returned,
        EventOrder order
    )
    {
        var sequence = refund.Sequence;
        foreach (var loanEvent in order.Events)
        {
            if (loanEvent is not Disbursed disbursed || order.IsReversed(disbursed.Id) || !returned.IsPositive)
                continue;
            var part = disbursed.Amount < returned ? disbursed.Amount : returned;
            returned -= part;
            yield return refund with
            {
                Id = DerivedId.Trial(++sequence),
                Sequence = sequence,
                On = disbursed.On,
                Amount = part,
                Source = PaymentSource.Repayment,
            };
        }
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
