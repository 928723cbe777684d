using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <summary>
/// The catalogue of refusals: every refusal of Paydown is made here, so a code always means the same. docs/errors.md is
/// generated from it.
/// </summary>
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

    /// <summary>No such thing, or it is somebody else's.</summary>
    public static Refusal NotFound(string what) =>
        new(RefusalKind.NotFound, "NOT_FOUND", "Not Found", $"There is no {what} of this id.");

    /// <summary>Not the caller's own, or the caller's role lacks it.</summary>
    public static Refusal Forbidden(string message) => new(RefusalKind.Forbidden, "FORBIDDEN", "Forbidden", message);

    /// <summary>No token, or one that does not count.</summary>
    public static Refusal AuthenticationRequired(string message) =>
        new(RefusalKind.Unauthenticated, "AUTH_REQUIRED", "Authentication Required", message);

    /// <summary>The request cannot be read.</summary>
    public static Refusal BadRequest(string message, params IReadOnlyList<FieldError> errors) =>
        new(RefusalKind.Malformed, "BAD_REQUEST", "Bad Request", message) { Errors = errors };

    /// <summary>Well-formed fields that break a rule; all of them at once.</summary>
    public static Refusal ValidationFailed(params IReadOnlyList<FieldError> errors) =>
        new(
            RefusalKind.Invalid,
            "VALIDATION_ERROR",
            "Validation Error",
            string.Join(" ", errors.Select(error => $"{error.Field}: {error.Message}"))
        )
        {
            Errors = errors,
        };

    /// <summary>This key was used for another request.</summary>
    public static Refusal IdempotencyKeyReused() =>
        new(
            RefusalKind.Invalid,
            "IDEMPOTENCY_KEY_REUSED",
            "Idempotency Key Reused",
            "This x-idempotency-key was used for another request; a retry repeats the same path and body, "
                + "a new request takes a new key."
        );

    /// <summary>The first request with this key has not ended within the wait.</summary>
    public static Refusal IdempotencyInProgress() =>
        new(
            RefusalKind.Conflict,
            "IDEMPOTENCY_IN_PROGRESS",
            "Idempotency In Progress",
            "The first request with this x-idempotency-key is still running; repeat it with the same key."
        )
        {
            RetryAfterSeconds = 1,
        };

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

    /// <summary>This way to pay is not offered.</summary>
    public static Refusal PaymentMethodNotAvailable(string method) =>
        new(
            RefusalKind.Conflict,
            "PAYMENT_METHOD_NOT_AVAILABLE",
            "Payment Method Not Available",
            $"{method} is not available for this loan; pay by BANK_TRANSFER or from the WALLET."
        );

    /// <summary>Too many requests.</summary>
    public static Refusal RateLimitExceeded(int retryAfterSeconds) =>
        new(
            RefusalKind.TooMany,
            "RATE_LIMIT_EXCEEDED",
            "Rate Limit Exceeded",
            $"Too many requests; try again in {retryAfterSeconds} s."
        )
        {
            RetryAfterSeconds = retryAfterSeconds,
        };

    /// <summary>The server cannot do it now: it is overloaded, shutting down, or its database is away.</summary>
    public static Refusal ServiceUnavailable(string message) =>
        new(RefusalKind.Unavailable, "SERVICE_UNAVAILABLE", "Service Unavailable", message) { RetryAfterSeconds = 1 };

    /// <summary>The e-mail or the password is wrong; which of the two is not said.</summary>
    public static Refusal InvalidCredentials() =>
        new(
            RefusalKind.Unauthenticated,
            "INVALID_CREDENTIALS",
            "Invalid Credentials",
            "The e-mail or the password is wrong."
        );

    /// <summary>Too many failed sign-ins recently, for any e-mail.</summary>
    /// <param name="failures">How many lock the e-mail.</param>
    /// <param name="window">Within so long; it stays locked until fewer of them are as recent.</param>
    public static Refusal AccountLocked(int failures, TimeSpan window) =>
        new(
            RefusalKind.Forbidden,
            "ACCOUNT_LOCKED",
            "Account Locked",
            $"Sign-in failed {failures} times within {window.TotalMinutes:0} minutes; wait {window.TotalMinutes:0} "
                + "minutes and try again."
        );

    /// <summary>This refresh token was never given, has expired, or its sign-in was ended.</summary>
    public static Refusal InvalidRefreshToken() =>
        new(
            RefusalKind.Unauthenticated,
            "INVALID_REFRESH_TOKEN",
            "Invalid Refresh Token",
            "The refresh token is invalid or has expired; sign in again."
        );

    /// <summary>
    /// This refresh token was spent before: it is in two hands, so all tokens of its sign-in are revoked.
    /// </summary>
    public static Refusal TokenAlreadyUsed() =>
        new(
            RefusalKind.Forbidden,
            "TOKEN_ALREADY_USED",
            "Token Already Used",
            "This refresh token was used before; for safety all tokens of this sign-in are revoked. Sign in again."
        );

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

    /// <summary>The check digit of the account number is not the one for its bank.</summary>
    /// <param name="digits">The length of an account number.</param>
    public static Refusal AccountNumberInvalid(int digits) =>
        ValidationFailed(
            new FieldError(
                "accountNumber",
                $"is not an account number of this bank: it has {digits} digits, the last of them the NUBAN "
                    + "check digit over bank code and number."
            )
        );

    /// <summary>The account is held in another name than the customer's.</summary>
    public static Refusal AccountNameMismatch() =>
        new(
            RefusalKind.Invalid,
            "ACCOUNT_NAME_MISMATCH",
            "Account Name Mismatch",
            "accountName must be the name of the customer: first and last name in any order; "
                + "a title and middle names are allowed beside them."
        );

    /// <summary>The customer has added this bank account before.</summary>
    public static Refusal BankAccountExists() =>
        new(
            RefusalKind.Conflict,
            "BANK_ACCOUNT_EXISTS",
            "Bank Account Exists",
            "You have added this bank account already; list-customer-bank-accounts returns its id."
        );

    /// <summary>A customer asks for something that belongs to someone else, or does not exist.</summary>
    public static Refusal NotYourOwn() => Forbidden("The customer id in the path must be your own.");
}
