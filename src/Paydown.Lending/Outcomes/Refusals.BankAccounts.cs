namespace Paydown.Lending.Outcomes;

/// <content>Banks and bank accounts.</content>
public static partial class Refusals
{
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

    /// <summary>A bank cannot be listed under this code.</summary>
    public static Refusal BankCodeInvalid() =>
        ValidationFailed(new FieldError("bankCode", "must have three digits, or six."));

    /// <summary>No bank of this code is known.</summary>
    public static Refusal BankUnknown() =>
        new(
            RefusalKind.NotFound,
            "BANK_UNKNOWN",
            "Bank Unknown",
            "There is no bank of this code; get-available-banks lists them."
        )
        {
            Errors = [new FieldError("bankCode", "is not the code of a bank that get-available-banks lists.")],
        };

    /// <summary>The bank knows no account of this number.</summary>
    public static Refusal BankAccountUnknown() =>
        new(
            RefusalKind.NotFound,
            "BANK_ACCOUNT_UNKNOWN",
            "Bank Account Unknown",
            "The bank knows no account of this number."
        );

    /// <summary>The name enquiry is unavailable.</summary>
    public static Refusal NameEnquiryUnavailable() =>
        new(
            RefusalKind.Unavailable,
            "NAME_ENQUIRY_UNAVAILABLE",
            "Name Enquiry Unavailable",
            "The bank cannot be asked now whose account this is; try again later."
        )
        {
            RetryAfterSeconds = 60,
        };
}
