using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Refusals of servicing a loan: payoff, refund, waiver, write-off.</content>
public static partial class Refusals
{
    /// <summary>A payoff from the wallet settles at once, so it cannot leave room for pending repayments.</summary>
    public static Refusal RepaymentsPending(Money pending) =>
        new(
            RefusalKind.Conflict,
            "REPAYMENTS_PENDING",
            "Repayments Pending",
            $"Repayments of {pending} on this loan await verification, so what closes it is not known yet: wait until "
                + "the lender has decided, withdraw a mistaken report, or pay off the rest by BANK_TRANSFER."
        );

    /// <summary>Money cannot be repaid before any was paid out.</summary>
    public static Refusal LoanNotDisbursed() =>
        new(
            RefusalKind.Conflict,
            "LOAN_NOT_DISBURSED",
            "Loan Not Disbursed",
            "This loan is not paid out yet, so no repayment can be recorded on it."
        );

    /// <summary>Money counts from its payment date, and that has not come yet.</summary>
    public static Refusal PaymentDateAhead(DateOnly paidOn) =>
        new(
            RefusalKind.Conflict,
            "PAYMENT_DATE_AHEAD",
            "Payment Date Ahead",
            $"This repayment is dated {paidOn:yyyy-MM-dd}, and that day has not come yet: verify it from then on, or "
                + "correct its payment date if the money is there already."
        );

    /// <summary>A customer withdraws what an officer has recorded or approved.</summary>
    public static Refusal CannotWithdraw(string why) =>
        new(
            RefusalKind.Conflict,
            "CANNOT_WITHDRAW",
            "Cannot Withdraw",
            $"{why}, so you cannot withdraw it; if it is mistaken, ask the lender to reject it."
        );

    /// <summary>An officer names a bank account that is not one of the loan's customer.</summary>
    public static Refusal PayerAccountMismatch() =>
        new(
            RefusalKind.Forbidden,
            "BANK_ACCOUNT_MISMATCH",
            "Bank Account Mismatch",
            "bankAccountId must be a bank account of the customer of this loan; leave it out if another account paid."
        );

    /// <summary>The wallet holds less than the payoff.</summary>
    public static Refusal WalletTooLow(Money balance, Money needed) =>
        new(
            RefusalKind.Invalid,
            "INSUFFICIENT_FUNDS",
            "Insufficient Funds",
            $"The wallet holds {balance}, and {needed} closes this loan today."
        );

    /// <summary>The wallet holds less than a refund that is to be taken back.</summary>
    public static Refusal WalletTooLowForRefund(Money balance, Money refund) =>
        new(
            RefusalKind.Invalid,
            "INSUFFICIENT_FUNDS",
            "Insufficient Funds",
            $"The wallet holds {balance}, less than the refund of {refund}, so it cannot be taken back from there."
        );

    /// <summary>An act is undone once.</summary>
    public static Refusal AlreadyUndone() =>
        new(RefusalKind.Conflict, "ALREADY_UNDONE", "Already Undone", "This act is undone already.");

    /// <summary>Nothing was paid beyond what is owed, or it was refunded.</summary>
    public static Refusal NothingOverpaid() =>
        new(RefusalKind.Conflict, "NOTHING_OVERPAID", "Nothing Overpaid", "This loan holds no overpayment to refund.");

    /// <summary>A refund is not positive, not exact in the currency, or more than was overpaid.</summary>
    public static Refusal RefundAmountOutOfRange(Money overpaid) =>
        ValidationFailed(
            new FieldError(
                "amount",
                $"must be more than 0 and at most {overpaid}, what is overpaid, "
                    + $"with at most {overpaid.Currency.FractionDigits} fraction digits."
            )
        );

    /// <summary>A charge is to be waived, and it is not said which.</summary>
    public static Refusal ChargeIdMissing() =>
        ValidationFailed(new FieldError("chargeId", "is required to waive a charge; list-charges returns it."));

    /// <summary>This loan's interest is computed from what is paid, so waived interest would come back.</summary>
    public static Refusal WaiverNotAvailable() =>
        new(
            RefusalKind.Conflict,
            "WAIVER_NOT_AVAILABLE",
            "Waiver Not Available",
            "The interest of this loan is recalculated from what is paid: its interest cannot be waived, and on a "
                + "cumulative schedule no charge can be."
        );

    /// <summary>Nothing of it is unpaid.</summary>
    public static Refusal NothingToWaive() =>
        new(RefusalKind.Conflict, "NOTHING_TO_WAIVE", "Nothing To Waive", "There is nothing left to waive.");

    /// <summary>A waiver is not positive, not exact in the currency, or more than is unpaid.</summary>
    public static Refusal WaiverAmountOutOfRange(Money unpaid) =>
        ValidationFailed(
            new FieldError(
                "amount",
                $"must be more than 0 and at most {unpaid}, what is unpaid of it, "
                    + $"with at most {unpaid.Currency.FractionDigits} fraction digits; leave it out to waive all of that."
            )
        );
}
