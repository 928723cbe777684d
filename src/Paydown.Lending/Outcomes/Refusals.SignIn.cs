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

    /// <summary>How many failed sign-ins within <see cref="SignInWindowMinutes"/> lock an e-mail.</summary>
    public const int SignInFailuresMax = 5;

    /// <summary>The time in which that many failures lock an e-mail; more of them lock it for longer.</summary>
    public const int SignInWindowMinutes = 15;

    /// <summary>Too many failed sign-ins recently, for any e-mail.</summary>
    /// <param name="wait">How long the lock lasts from now.</param>
    public static Refusal AccountLocked(TimeSpan wait) =>
        new(
            RefusalKind.Forbidden,
            "ACCOUNT_LOCKED",
            "Account Locked",
            $"Sign-in failed {SignInFailuresMax} times within {SignInWindowMinutes} minutes; wait "
                + $"{Math.Max(1, Math.Ceiling(wait.TotalMinutes)):0} minutes and try again, or ask for a new password."
        );

    /// <summary>This one-time token was never issued, was used, or has expired.</summary>
    public static Refusal OneTimeTokenInvalid() =>
        new(
            RefusalKind.Invalid,
            "ONE_TIME_TOKEN_INVALID",
            "One-Time Token Invalid",
            "This link is invalid, was used before or has expired; ask for a new one."
        );

    /// <summary>There is nothing to confirm.</summary>
    public static Refusal EmailAlreadyConfirmed() =>
        new(
            RefusalKind.Conflict,
            "EMAIL_ALREADY_CONFIRMED",
            "Email Already Confirmed",
            "Your e-mail address is confirmed already."
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
