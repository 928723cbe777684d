using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Acts on a running loan: charges, waivers, refunds, collection.</content>
public static partial class Refusals
{
    /// <summary>Nothing can be charged to a loan that is not disbursed, is paid or is written off.</summary>
    public static Refusal LoanNotRunning() =>
        new(
            RefusalKind.Conflict,
            "LOAN_NOT_RUNNING",
            "Loan Not Running",
            "This needs a running loan: disbursed, not paid off and not written off."
        );

    /// <summary>
    /// The amount of a charge is not positive, not exact in the currency, or more than the loan itself.
    /// </summary>
    public static Refusal ChargeAmountOutOfRange(Money amountMax) =>
        ValidationFailed(
            new FieldError(
                "amount",
                $"must be more than 0 and at most {amountMax}, "
                    + $"with at most {amountMax.Currency.FractionDigits} fraction digits."
            )
        );

    /// <summary>A charge falls due outside the life of its loan.</summary>
    public static Refusal ChargeDateOutOfRange(DateOnly first, DateOnly last) =>
        ValidationFailed(
            new FieldError(
                "dueDate",
                $"must be from {first:yyyy-MM-dd}, the day of disbursement, to {last:yyyy-MM-dd}."
            )
        );

    /// <summary>Third-party collection is switched on without saying who collects.</summary>
    public static Refusal CollectorMissing() =>
        ValidationFailed(new FieldError("collector", "is required where enabled is true: who collects this loan."));

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
