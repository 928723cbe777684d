namespace Paydown.Lending.Outcomes;

/// <content>Sign-in and its tokens.</content>
public static partial class Refusals
{
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
}
