using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Repayments: reported, recorded, verified, withdrawn, reversed.</content>
public static partial class Refusals
{
    /// <summary>The path or the body names another customer than the one who is signed in.</summary>
    public static Refusal CustomerMismatch() =>
        new(
            RefusalKind.Forbidden,
            "CUSTOMER_MISMATCH",
            "Unauthorized",
            "customerId, and the user id in the path if there is one, must be the signed-in customer."
        );

    /// <summary>This customer has no such loan account.</summary>
    public static Refusal LoanNotFound() =>
        new(RefusalKind.NotFound, "LOAN_NOT_FOUND", "Loan Not Found", "You have no loan account of this id.");

    /// <summary>The loan was taken over without an application.</summary>
    public static Refusal LoanApplicationMissing() =>
        new(
            RefusalKind.Invalid,
            "LOAN_APPLICATION_MISSING",
            "Missing Loan Application",
            "This loan has no application, so you cannot report a repayment here; ask the lender to record it."
        );

    /// <summary>Nothing is owed: the loan is closed, or more was paid than was owed.</summary>
    public static Refusal LoanClosed() =>
        new(
            RefusalKind.Conflict,
            "LOAN_CLOSED",
            "Loan Closed",
            "Nothing is owed on this loan: it is paid off. If you have sent more, ask the lender to record it: it is "
                + "kept for you and can be refunded."
        );

    /// <summary>A third party collects this loan.</summary>
    public static Refusal ManualRepaymentNotAllowed() =>
        new(
            RefusalKind.Conflict,
            "MANUAL_REPAYMENT_NOT_ALLOWED",
            "Manual Repayment Not Allowed",
            "A third party collects this loan; pay the collector instead. The lender records what the collector passes "
                + "on."
        );

    /// <summary>The amount is zero, negative, not exact in the currency, or more than is payable.</summary>
    /// <param name="totalPayable">The largest amount that can be reported now.</param>
    /// <param name="pending">What awaits verification, which lowers the total payable.</param>
    public static Refusal InvalidAmount(Money totalPayable, Money pending) =>
        new(RefusalKind.Invalid, "INVALID_AMOUNT", "Invalid Amount", NotPayable(totalPayable, pending));

    private static string NotPayable(Money totalPayable, Money pending)
    {
        var waiting = $"Repayments of {pending} on this loan await verification";
        if (!totalPayable.IsPositive)
        {
            return pending.IsPositive
                ? $"{waiting} and cover all that is owed, so the total payable is {totalPayable}: withdraw a "
                    + "mistaken report, or wait until the lender has decided."
                : $"Nothing is owed on this loan yet, so the total payable is {totalPayable}.";
        }

        return $"repaymentAmount must be more than 0 and at most the total payable of {totalPayable}, "
            + $"with at most {totalPayable.Currency.FractionDigits} fraction digits. "
            + (pending.IsPositive ? $"{waiting}; if one of them is mistaken, withdraw it. " : "")
            + "If you have sent more than is payable, ask the lender to record it: the rest is kept for you.";
    }

    /// <summary>The bank account is not this customer's.</summary>
    public static Refusal BankAccountMismatch() =>
        new(
            RefusalKind.Forbidden,
            "BANK_ACCOUNT_MISMATCH",
            "Bank Account Mismatch",
            "bankAccountId must be a bank account of the signed-in customer."
        );

    /// <summary>The payment date lies too far in the future, or before the loan was disbursed.</summary>
    /// <param name="disbursedOn">The earliest date; null: there is none yet.</param>
    /// <param name="today">The date in the organisation's time zone.</param>
    /// <param name="futureDays">How many days after today are accepted.</param>
    public static Refusal PaymentDateOutOfRange(DateOnly? disbursedOn, DateOnly today, int futureDays)
    {
        var first = disbursedOn is { } on ? $"from {on:yyyy-MM-dd}, the day of disbursement, to" : "at most";
        var last = futureDays switch
        {
            0 => "today",
            1 => "the day after today",
            _ => $"{futureDays} days after today",
        };
        return ValidationFailed(
            new FieldError("paymentDate", $"must be {first} {today.AddDays(futureDays):yyyy-MM-dd}, {last}.")
        );
    }

    /// <summary>The application has not become a loan.</summary>
    /// <param name="status">The current status.</param>
    public static Refusal LoanNotDisbursed(string status) =>
        new(
            RefusalKind.Conflict,
            "LOAN_NOT_DISBURSED",
            "Loan Not Disbursed",
            $"This application is {status}: no loan has been paid out on it."
        );

    /// <summary>This way to pay is not offered.</summary>
    public static Refusal PaymentMethodNotAvailable(string method) =>
        new(
            RefusalKind.Conflict,
            "PAYMENT_METHOD_NOT_AVAILABLE",
            "Payment Method Not Available",
            $"{method} is not available for this loan; pay by BANK_TRANSFER or from the WALLET."
        );

    /// <summary>Money cannot be repaid before any was paid out.</summary>
    public static Refusal LoanNotDisbursed() =>
        new(
            RefusalKind.Conflict,
            "LOAN_NOT_DISBURSED",
            "Loan Not Disbursed",
            "This loan is not paid out yet, so no repayment can be recorded on it."
        );

    /// <summary>An officer names a bank account that is not one of the loan's customer.</summary>
    public static Refusal PayerAccountMismatch() =>
        new(
            RefusalKind.Forbidden,
            "BANK_ACCOUNT_MISMATCH",
            "Bank Account Mismatch",
            "bankAccountId must be a bank account of the customer of this loan; leave it out if another account paid."
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

    /// <summary>Somebody has already decided on this repayment.</summary>
    public static Refusal AlreadyDecided(string status) =>
        new(
            RefusalKind.Conflict,
            "ALREADY_DECIDED",
            "Already Decided",
            $"This repayment has already been decided: it is {status}."
        );

    /// <summary>What needs two officers was approved by this one already.</summary>
    public static Refusal SecondOfficerRequired() =>
        new(
            RefusalKind.Conflict,
            "SECOND_OFFICER_REQUIRED",
            "Second Officer Required",
            "This needs two different officers; you have approved it already, so another one must approve it too."
        );

    /// <summary>The officer who recorded a repayment wants to verify it.</summary>
    public static Refusal RecorderCannotVerify() =>
        new(
            RefusalKind.Conflict,
            "RECORDER_CANNOT_VERIFY",
            "Recorder Cannot Verify",
            "You recorded this repayment, so another officer must verify it."
        );

    /// <summary>Only verified money can be taken back.</summary>
    public static Refusal RepaymentNotVerified() =>
        new(
            RefusalKind.Conflict,
            "REPAYMENT_NOT_VERIFIED",
            "Repayment Not Verified",
            "This repayment still awaits verification, so there is nothing to reverse; reject it instead."
        );

    /// <summary>A customer withdraws what an officer has recorded or approved.</summary>
    public static Refusal CannotWithdraw(string why) =>
        new(
            RefusalKind.Conflict,
            "CANNOT_WITHDRAW",
            "Cannot Withdraw",
            $"{why}, so you cannot withdraw it; if it is mistaken, ask the lender to reject it."
        );
}
