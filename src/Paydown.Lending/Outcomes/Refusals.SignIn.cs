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

    /// <summary>The password is right, and the user has a second factor.</summary>
    public static Refusal SecondFactorRequired() =>
        new(
            RefusalKind.Unauthenticated,
            "SECOND_FACTOR_REQUIRED",
            "Second Factor Required",
            "Send secondFactorCode, too: the code of your authenticator app, or a recovery code."
        );

    /// <summary>The code is wrong, has expired, or was used before.</summary>
    public static Refusal SecondFactorCodeWrong() =>
        new(
            RefusalKind.Unauthenticated,
            "SECOND_FACTOR_CODE_WRONG",
            "Second Factor Code Wrong",
            "The code is wrong, has expired or was used before; send the next code of your authenticator app."
        );

    /// <summary>The lender requires a second factor, and the user has none.</summary>
    public static Refusal SecondFactorMissing() =>
        Forbidden(
            "This lender requires a second factor: set it up by user/second-factor, then refresh the access token."
        );

    /// <summary>There is a second factor already.</summary>
    public static Refusal SecondFactorOn() =>
        new(
            RefusalKind.Conflict,
            "SECOND_FACTOR_ON",
            "Second Factor On",
            "The second factor is on already; remove it before you set up another one."
        );

    /// <summary>There is no second factor.</summary>
    public static Refusal SecondFactorNotSetUp() =>
        new(
            RefusalKind.Conflict,
            "SECOND_FACTOR_NOT_SET_UP",
            "Second Factor Not Set Up",
            "There is no second factor; POST user/second-factor creates one."
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
