using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Down payments that are kept back of a disbursement.</summary>
public static class DownPayments
{
    /// <summary>
    /// Decides what is kept of a disbursement: its down payment, less what an overpayment has paid of it by then;
    /// nothing if the terms leave the down payment to the customer.
    /// </summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="recorded">The events recorded so far.</param>
    /// <param name="disbursed">The disbursement.</param>
    /// <returns>The disbursement with its <see cref="Disbursed.DownPayment"/>.</returns>
    public static Disbursed Collect(LoanTerms terms, IEnumerable<LoanEvent> recorded, Disbursed disbursed)
    {
        if (terms.DownPayment is not { Automatic: true })
            return disbursed;
        var on = disbursed.On;
        var known = recorded.Where(one => one is EventReversed || EventOrder.EffectiveOn(one) <= on);
        var owed = Loan.Replay(terms, [.. known, disbursed], on)
            .Installments.Where(row => row.IsDownPayment && row.DueOn == on)
            .Sum(row => row.Outstanding.Principal);
        var asked = ScheduleRules.DownPaymentOf(terms, disbursed.Amount.MinorUnits);
        return disbursed with { DownPayment = new(Math.Min(asked, owed), disbursed.Amount.Currency) };
    }
}
