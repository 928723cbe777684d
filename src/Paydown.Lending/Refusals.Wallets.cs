namespace Paydown.Lending;

/// <summary>The refusals of wallets and withdrawals.</summary>
public static partial class Refusals
{
    /// <summary>The organisation asks for a transaction PIN, and none was sent.</summary>
    public static Refusal TransactionPinRequired() => new(
        RefusalKind.Invalid, "TRANSACTION_PIN_REQUIRED", "Transaction Pin Required",
        "transactionPin is required: this lender asks for it whenever money leaves the wallet.");

    /// <summary>The organisation asks for a transaction PIN, and the customer has none.</summary>
    public static Refusal TransactionPinNotSet() => new(
        RefusalKind.Conflict, "TRANSACTION_PIN_NOT_SET", "Transaction Pin Not Set",
        "You have no transaction PIN yet; set one with PUT user/transaction-pin.");

    /// <summary>Not this customer's PIN.</summary>
    public static Refusal TransactionPinWrong() => new(
        RefusalKind.Forbidden, "TRANSACTION_PIN_WRONG", "Transaction Pin Wrong",
        "The transaction PIN is wrong; 5 wrong ones within 15 minutes lock it.");

    /// <summary>Too many wrong PINs, or wrong passwords in their place, of late.</summary>
    public static Refusal TransactionPinLocked(int retryAfterSeconds) =>
        new(RefusalKind.Forbidden, "TRANSACTION_PIN_LOCKED", "Transaction Pin Locked",
            $"The transaction PIN was wrong 5 times within 15 minutes; try again in {retryAfterSeconds} s.")
        { RetryAfterSeconds = retryAfterSeconds };

    /// <summary>A PIN that anybody would try first.</summary>
    public static Refusal TransactionPinTooSimple() => ValidationFailed(new FieldError(
        "newPin", "must not be one digit repeated, nor digits in sequence such as 1234 or 9876."));

    /// <summary>Neither PIN nor password was sent to prove that a PIN may be set.</summary>
    public static Refusal TransactionPinProofMissing(bool isChange) => ValidationFailed(
        isChange
            ? new FieldError("currentPin", "is required to change the PIN; the password of the sign-in does as well.")
            : new FieldError("password", "is required to set the first PIN: the password of the sign-in."));

    /// <summary>Not the password of this customer's sign-in.</summary>
    public static Refusal PasswordWrong() => new(
        RefusalKind.Forbidden, "PASSWORD_WRONG", "Password Wrong", "The password is not that of your sign-in.");
}
