using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Payoffs and their quotes.</content>
public static partial class Refusals
{
    /// <summary>The body asks to pay off with another amount than the one that closes the loan.</summary>
    public static Refusal PayoffAmountInvalid(Money payable) =>
        new(
            RefusalKind.Invalid,
            "INVALID_AMOUNT",
            "Invalid Amount",
            $"payoffAmount must be exactly {payable}, what closes this loan today less the repayments that await "
                + "verification; "
                + "leave it out to pay that."
        );

    /// <summary>All that is owed is covered by repayments that await verification, or nothing is owed.</summary>
    public static Refusal NothingToPayOff(Money pending) =>
        new(
            RefusalKind.Conflict,
            "NOTHING_TO_PAY_OFF",
            "Nothing To Pay Off",
            pending.IsPositive
                ? $"Repayments of {pending} on this loan await verification and cover all that is owed today: withdraw a "
                    + "mistaken report, or wait until the lender has decided."
                : "Nothing is owed on this loan today."
        );

    /// <summary>A payoff can be quoted from today to some time ahead.</summary>
    public static Refusal QuoteDateOutOfRange(DateOnly first, DateOnly last) =>
        ValidationFailed(new FieldError("date", $"must be from {first:yyyy-MM-dd}, today, to {last:yyyy-MM-dd}."));

    /// <summary>A payoff from the wallet settles at once, so it cannot leave room for pending repayments.</summary>
    public static Refusal RepaymentsPending(Money pending) =>
        new(
            RefusalKind.Conflict,
            "REPAYMENTS_PENDING",
            "Repayments Pending",
            $"Repayments of {pending} on this loan await verification, so what closes it is not known yet: wait until "
                + "the lender has decided, withdraw a mistaken report, or pay off the rest by BANK_TRANSFER."
        );

    /// <summary>The wallet holds less than the payoff.</summary>
    public static Refusal WalletTooLow(Money balance, Money needed) =>
        new(
            RefusalKind.Invalid,
            "INSUFFICIENT_FUNDS",
            "Insufficient Funds",
            $"The wallet holds {balance}, and {needed} closes this loan today."
        );
}
