using Paydown.Lending.Loans;

namespace Paydown.Lending.Repayments;

/// <summary>A wish to pay off a loan.</summary>
/// <param name="PaymentMethod"><c>BANK_TRANSFER</c>, <c>WALLET</c> or <c>CARD</c>.</param>
/// <param name="Amount">In major units, as sent; null: all that is payable.</param>
public sealed record PayoffRequest(string PaymentMethod, decimal? Amount);

/// <summary>Decides what becomes of a wish to pay off a loan.</summary>
public static class PayoffRules
{
    /// <summary>The one way to pay off a loan so far; the others come with the wallet.</summary>
    public const string BankTransfer = "BANK_TRANSFER";

    /// <summary>The amount to be transferred, or why not.</summary>
    /// <param name="loan">The loan as it stands today; null where this customer has none of the application's id.</param>
    /// <param name="isCollectedByThirdParty">Whether somebody else collects it.</param>
    /// <param name="pendingMinor">Reported on this loan and not decided, in minor units.</param>
    /// <param name="request">The wish.</param>
    // The order in which a refusal wins is part of the contract.
    public static Result<Money> PayOff(Loan? loan, bool isCollectedByThirdParty, long pendingMinor, PayoffRequest request)
    {
        if (loan is null) return Refusals.NotFound("loan application");
        if (loan.Status == LoanStatus.Closed) return Refusals.LoanClosed();
        if (isCollectedByThirdParty) return Refusals.ManualRepaymentNotAllowed();
        if (request.PaymentMethod != BankTransfer) return Refusals.PaymentMethodNotAvailable(request.PaymentMethod);
        var payable = PayableRules.TotalPayable(loan, pendingMinor);
        if (payable.IsZero) return Refusals.NothingToPayOff(new Money(pendingMinor, payable.Currency));
        if (request.Amount is { } amount && !IsSame(amount, payable)) return Refusals.PayoffAmountInvalid(payable);
        return payable;
    }

    private static bool IsSame(decimal major, Money payable) =>
        Money.TryFromMajor(major, payable.Currency, out var amount) && amount == payable;
}
