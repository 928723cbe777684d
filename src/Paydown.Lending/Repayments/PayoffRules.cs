using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Repayments;

/// <summary>A wish to pay off a loan.</summary>
/// <param name="Method">Only a bank transfer and the wallet are available today.</param>
/// <param name="Amount">In major units, as sent; null: all that is payable.</param>
public sealed record PayoffRequest(PaymentMethod Method, decimal? Amount);

/// <summary>Decides what becomes of a wish to pay off a loan.</summary>
public static class PayoffRules
{
    /// <summary>No amount is promised for longer: a charge may come at any time.</summary>
    public const int HoldsDaysMax = 30;

    /// <summary>A payoff cannot be known further ahead than this.</summary>
    public const int AheadDaysMax = 366;

    /// <summary>What closes a loan on a day, or why that cannot be said.</summary>
    public static Result<PayoffQuote> Quote(
        LoanTerms terms,
        IReadOnlyList<LoanEvent> events,
        DateOnly on,
        DateOnly today
    ) =>
        on < today || on > today.AddDays(AheadDaysMax)
            ? Refusals.QuoteDateOutOfRange(today, today.AddDays(AheadDaysMax))
            : PayoffQuote.For(terms, events, on);

    /// <summary>The last day for which a quote is promised.</summary>
    public static DateOnly PromisedThrough(PayoffQuote quote)
    {
        var limit = quote.On.AddDays(HoldsDaysMax);
        return quote.HoldsThrough < limit ? quote.HoldsThrough.Value : limit;
    }

    /// <summary>The amount to be paid, or why not.</summary>
    /// <param name="loan">
    /// The loan as of today; null if this customer has none with the application's id.
    /// </param>
    /// <param name="isCollectedByThirdParty">Whether somebody else collects it.</param>
    /// <param name="pending">Reported on this loan and not decided.</param>
    /// <param name="request">The wish.</param>
    /// <param name="wallet">What the customer's wallet holds; of no interest to a bank transfer.</param>
    // The order of the refusals is part of the contract.
    public static Result<Money> PayOff(
        Loan? loan,
        bool isCollectedByThirdParty,
        Money pending,
        PayoffRequest request,
        Money wallet
    )
    {
        if (loan is null)
            return Refusals.NotFound("loan application");
        if (PayableRules.IsSettled(loan.Status))
            return Refusals.LoanClosed();
        if (isCollectedByThirdParty)
            return Refusals.ManualRepaymentNotAllowed();
        if (request.Method is not (PaymentMethod.BankTransfer or PaymentMethod.Wallet))
            return Refusals.PaymentMethodNotAvailable(Words.Write(request.Method));
        if (request.Method == PaymentMethod.Wallet && pending.IsPositive)
            return Refusals.RepaymentsPending(pending);
        var payable = PayableRules.TotalPayable(loan, pending);
        if (payable.IsZero)
            return Refusals.NothingToPayOff(pending);
        if (request.Amount is { } amount && !IsSame(amount, payable))
            return Refusals.PayoffAmountInvalid(payable);
        if (request.Method == PaymentMethod.Wallet && wallet < payable)
            return Refusals.WalletTooLow(wallet, payable);
        return payable;
    }

    private static bool IsSame(decimal major, Money payable) =>
        Money.TryFromMajor(major, payable.Currency, out var amount) && amount == payable;
}
