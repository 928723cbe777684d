using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Acts on a running loan that change how it goes on.</content>
public static partial class Refusals
{
    /// <summary>A pause ends before it begins, lasts too long, or begins before the loan.</summary>
    public static Refusal PauseOutOfRange(DateOnly firstOn, int daysMax) =>
        ValidationFailed(
            new FieldError(
                "through",
                $"must not be before from; the pause begins on or after {firstOn:yyyy-MM-dd}, the day of disbursement, "
                    + $"and lasts at most {daysMax} days."
            )
        );

    /// <summary>Some days of a pause are paused already.</summary>
    public static Refusal AlreadyPaused() =>
        new(RefusalKind.Conflict, "ALREADY_PAUSED", "Already Paused", "Some of these days are paused already.");

    /// <summary>The installments are made from the payments, so nobody can agree others.</summary>
    public static Refusal PlanFollowsPayments() =>
        new(
            RefusalKind.Conflict,
            "PLAN_FOLLOWS_PAYMENTS",
            "Plan Follows Payments",
            "The installments of this loan follow from its payments alone and cannot be changed."
        );

    /// <summary>The loan was charged off, or its contract was terminated.</summary>
    public static Refusal LoanGivenUp() =>
        new(
            RefusalKind.Conflict,
            "LOAN_GIVEN_UP",
            "Loan Given Up",
            "This loan is charged off or terminated. Undo that first."
        );

    /// <summary>Nothing is overdue, or there is no installment that could take it.</summary>
    public static Refusal NothingToMove() =>
        new(
            RefusalKind.Conflict,
            "NOTHING_TO_MOVE",
            "Nothing To Move",
            "No principal or interest is unpaid that could move to other installments."
        );

    /// <summary>Money came since the disbursement, or the plan was changed.</summary>
    public static Refusal PaidSinceDisbursement() =>
        new(
            RefusalKind.Conflict,
            "PAID_SINCE_DISBURSEMENT",
            "Paid Since Disbursement",
            "A disbursement can be undone only before any payment or other act on the loan."
        );

    /// <summary>A payout cannot be undone while reports of repayments await verification.</summary>
    public static Refusal ReportsAwaitVerification(Money pending) =>
        new(
            RefusalKind.Conflict,
            "REPORTS_AWAIT_VERIFICATION",
            "Reports Await Verification",
            $"Repayments of {pending} on this loan await verification. Reject or verify them first."
        );

    /// <summary>The wallet no longer holds what was paid out.</summary>
    public static Refusal WalletTooLowForUndoing(Money balance, Money credited) =>
        new(
            RefusalKind.Invalid,
            "INSUFFICIENT_FUNDS",
            "Insufficient Funds",
            $"The wallet holds {balance}, less than the {credited} that were paid out to it."
        );

    /// <summary>A loan was taken over, so its payout went to no wallet.</summary>
    public static Refusal LoanTakenOver() =>
        new(
            RefusalKind.Conflict,
            "LOAN_TAKEN_OVER",
            "Loan Taken Over",
            "This loan was taken over: it was not paid out to a wallet, so its payout cannot be undone."
        );

    /// <summary>The customer has another open application for the product, so this one cannot be open again.</summary>
    public static Refusal OtherApplicationIsOpen() =>
        new(
            RefusalKind.Conflict,
            "OTHER_APPLICATION_OPEN",
            "Other Application Open",
            "The customer has another open application for this product. Cancel or end it first."
        );

    /// <summary>The offer of a loan whose payout was undone is paid out again as it is, or not at all.</summary>
    public static Refusal OfferWasPaidOut() =>
        new(
            RefusalKind.Conflict,
            "OFFER_WAS_PAID_OUT",
            "Offer Was Paid Out",
            "This offer was paid out before. Pay it out again, or cancel the application; the customer can apply again."
        );

    /// <summary>An act is dated before the loan or after today.</summary>
    public static Refusal ActDateOutOfRange(DateOnly first, DateOnly last) =>
        ValidationFailed(new FieldError("date", $"must be from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}."));

    /// <summary>No installment falls due from that day on.</summary>
    public static Refusal RescheduleFromOutOfRange(DateOnly first, DateOnly last) =>
        ValidationFailed(new FieldError("from", $"must be from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}."));

    /// <summary>A rescheduling that changes nothing.</summary>
    public static Refusal NothingToReschedule() =>
        ValidationFailed(
            new FieldError("newDueDate", "or another change is required: more installments, a grace, or another rate.")
        );

    /// <summary>A new due date comes before the period begins, or too late.</summary>
    public static Refusal NewDueDateOutOfRange(DateOnly first, DateOnly last) =>
        ValidationFailed(new FieldError("newDueDate", $"must be from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}."));

    /// <summary>Too many more installments.</summary>
    public static Refusal ExtraInstallmentsOutOfRange(int most) =>
        ValidationFailed(new FieldError("extraInstallments", $"must be from 0 to {most}."));

    /// <summary>Too many new installments, or an interval that is too long.</summary>
    public static Refusal NewInstallmentsOutOfRange(int least, int most, int unitsApart) =>
        ValidationFailed(
            new FieldError("installments", $"must be from {least} to {most}, at most {unitsApart} units apart.")
        );

    /// <summary>A grace that leaves no installment to pay.</summary>
    public static Refusal GraceOutOfRange(int most) =>
        ValidationFailed(new FieldError("grace", $"must be from 0 to {Math.Max(0, most)} installments."));

    /// <summary>A rate below 0, or too high.</summary>
    public static Refusal NewRateOutOfRange(decimal most) =>
        ValidationFailed(new FieldError("annualRatePercent", $"must be from 0 to {most}."));

    /// <summary>A credit of nothing, or of more than there is to credit.</summary>
    public static Refusal CreditAmountOutOfRange(Money most) =>
        ValidationFailed(new FieldError("amount", $"must be more than 0 and at most {most}."));

    /// <summary>Interest that is fixed cannot be paused.</summary>
    public static Refusal InterestIsFixed() =>
        new(
            RefusalKind.Conflict,
            "INTEREST_IS_FIXED",
            "Interest Is Fixed",
            "Only interest that is recalculated from day to day can be paused."
        );

    /// <summary>There is no pause to end.</summary>
    public static Refusal NotPaused() =>
        new(RefusalKind.Conflict, "NOT_PAUSED", "Not Paused", "This day is not in a pause.");
}
