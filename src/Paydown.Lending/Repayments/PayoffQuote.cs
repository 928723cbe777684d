using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Repayments;

/// <summary>
/// The amount that closes a loan on a day, and until when it holds. A repayment of exactly this amount on that day
/// leaves nothing outstanding and nothing overpaid. Not an offer: another payment, a charge or a reversal changes it.
/// </summary>
/// <param name="On">The day of the payment.</param>
/// <param name="Components">The amount by component, in minor units.</param>
/// <param name="Currency">The loan's.</param>
/// <param name="HoldsThrough">The last day on which the same amount still closes the loan; null: no day changes
/// it.</param>
public sealed record PayoffQuote(DateOnly On, ComponentAmounts Components, Currency Currency, DateOnly? HoldsThrough)
{
    /// <summary>The amount.</summary>
    public Money Total => new(Components.Total, Currency);

    /// <summary>The quote for a day.</summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="events">All that happened.</param>
    /// <param name="on">The day on which the customer wants to pay all.</param>
    public static PayoffQuote For(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly on)
    {
        var loan = Loan.Replay(terms, events, on);
        return new PayoffQuote(on, loan.Payoff, terms.Currency, loan.PayoffHoldsThrough);
    }
}
