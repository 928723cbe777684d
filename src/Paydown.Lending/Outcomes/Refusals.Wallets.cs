using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Wallets, withdrawals and the transaction PIN.</content>
public static partial class Refusals
{
    /// <summary>The customer has set a transaction PIN, or the organisation asks for one, and none was sent.</summary>
    public static Refusal TransactionPinRequired() =>
        new(
            RefusalKind.Invalid,
            "TRANSACTION_PIN_REQUIRED",
            "Transaction Pin Required",
            "transactionPin is required when money leaves your wallet, because you have set a PIN or this lender asks "
                + "for one."
        );

    /// <summary>A transaction PIN was sent, and the customer has none.</summary>
    public static Refusal TransactionPinNotSet() =>
        new(
            RefusalKind.Conflict,
            "TRANSACTION_PIN_NOT_SET",
            "Transaction Pin Not Set",
            "You have no transaction PIN yet; set one with PUT user/transaction-pin."
        );

    /// <summary>A current PIN was sent to set the first one.</summary>
    public static Refusal CurrentPinUnknown() =>
        ValidationFailed(
            new FieldError(
                "currentPin",
                "must be left out: you have no transaction PIN yet; the password of the sign-in sets the first."
            )
        );

    /// <summary>Not this customer's PIN.</summary>
    /// <param name="failures">How many lock it.</param>
    /// <param name="window">Within so long.</param>
    public static Refusal TransactionPinWrong(int failures, TimeSpan window) =>
        new(
            RefusalKind.Forbidden,
            "TRANSACTION_PIN_WRONG",
            "Transaction Pin Wrong",
            $"The transaction PIN is wrong; {failures} wrong ones within {window.TotalMinutes:0} minutes lock it."
        );

    /// <summary>Too many wrong PINs, or passwords instead, recently.</summary>
    /// <param name="failures">How many lock it.</param>
    /// <param name="window">Within so long.</param>
    /// <param name="retryAfterSeconds">When it is free again.</param>
    public static Refusal TransactionPinLocked(int failures, TimeSpan window, int retryAfterSeconds) =>
        new(
            RefusalKind.Forbidden,
            "TRANSACTION_PIN_LOCKED",
            "Transaction Pin Locked",
            $"PIN or password was wrong {failures} times within {window.TotalMinutes:0} minutes; "
                + $"try again in {retryAfterSeconds} s."
        )
        {
            RetryAfterSeconds = retryAfterSeconds,
        };

    /// <summary>A PIN that anybody would try first.</summary>
    public static Refusal TransactionPinTooSimple() =>
        ValidationFailed(
            new FieldError("newPin", "must not be one digit repeated, nor digits in sequence such as 1234 or 9876.")
        );

    /// <summary>Neither PIN nor password was sent to prove that a PIN may be set.</summary>
    public static Refusal TransactionPinProofMissing(bool isChange) =>
        ValidationFailed(
            isChange
                ? new FieldError(
                    "currentPin",
                    "is required to change the PIN; the password of the sign-in does as well."
                )
                : new FieldError("password", "is required to set the first PIN: the password of the sign-in.")
        );

    /// <summary>Not the password of this customer's sign-in.</summary>
    public static Refusal PasswordWrong() =>
        new(RefusalKind.Forbidden, "PASSWORD_WRONG", "Password Wrong", "The password is not that of your sign-in.");

    /// <summary>What was sent of a bank account is not what is known of it.</summary>
    public static Refusal TransferAccountMismatch(IReadOnlyList<string> fields) =>
        ValidationFailed([
            .. fields.Select(field => new FieldError(
                field,
                "must be that of the bank account bankAccountId; view-bank-account returns it."
            )),
        ]);

    /// <summary>The amount of a transfer is not positive, or not exact in the currency.</summary>
    public static Refusal TransferAmountInvalid(Money smallest) =>
        new(
            RefusalKind.Invalid,
            "INVALID_AMOUNT",
            "Invalid Amount",
            $"amount must be more than 0, with at most {smallest.Currency.FractionDigits} fraction digits."
        );

    /// <summary>The wallet holds too little.</summary>
    public static Refusal InsufficientFunds(Money balance, Money fee) =>
        new(
            RefusalKind.Invalid,
            "INSUFFICIENT_FUNDS",
            "Insufficient Funds",
            fee.IsZero
                ? $"The wallet holds {balance}; no more can leave it."
                : $"The wallet holds {balance}, and the fee of {fee} is taken on top of the amount."
        );

    /// <summary>No transfer of this reference, or it is somebody else's.</summary>
    public static Refusal TransferNotFound() =>
        new(RefusalKind.NotFound, "NOT_FOUND", "Not Found", "There is no transfer of this reference.");

    /// <summary>The operator has not said how money is to be paid out.</summary>
    public static Refusal PaymentsNotConfigured() =>
        new(
            RefusalKind.Unavailable,
            "PAYMENTS_NOT_CONFIGURED",
            "Payments Not Configured",
            "This server has no payment partner, so it cannot send money; nothing was taken from the wallet."
        )
        {
            RetryAfterSeconds = 3600,
        };
}
