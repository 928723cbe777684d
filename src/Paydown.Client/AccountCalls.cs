namespace Paydown.Client;

/// <summary>The user's own sign-in: password, sessions, e-mail address.</summary>
public sealed class AccountCalls
{
    private readonly Caller caller;

    internal AccountCalls(Caller caller) => this.caller = caller;

    /// <summary>
    /// Asks for a message with a one-time token to replace a forgotten password. It succeeds whether or not anyone has
    /// the e-mail.
    /// </summary>
    /// <param name="email">The e-mail address.</param>
    /// <param name="organisationId">The lender; null if the host name identifies it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task ForgotPasswordAsync(
        string email,
        Guid? organisationId = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendWithoutSessionAsync(
            Routes.ForgotPassword,
            new ForgottenPassword(email, organisationId),
            PaydownJson.Default.ForgottenPassword,
            PaydownJson.Default.NothingAnswer,
            cancellationToken
        );

    /// <summary>Replaces a forgotten password by the token of the message. All sessions end.</summary>
    public Task ResetPasswordAsync(string token, string password, CancellationToken cancellationToken = default) =>
        SetPasswordAsync(Routes.ResetPassword, token, password, cancellationToken);

    /// <summary>Accepts an invitation to the back office, by the token of the message, and sets the password.</summary>
    public Task AcceptInvitationAsync(string token, string password, CancellationToken cancellationToken = default) =>
        SetPasswordAsync(Routes.AcceptInvitation, token, password, cancellationToken);

    /// <summary>Confirms an e-mail address by the token of the message.</summary>
    public Task ConfirmEmailAsync(string token, CancellationToken cancellationToken = default) =>
        caller.SendWithoutSessionAsync(
            Routes.ConfirmEmail,
            new TokenGiven(token),
            PaydownJson.Default.TokenGiven,
            PaydownJson.Default.NothingAnswer,
            cancellationToken
        );

    /// <summary>Sends the message again that confirms the user's e-mail address.</summary>
    public Task SendEmailConfirmationAsync(
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.SendEmailConfirmation,
            Routes.SendEmailConfirmation.To(),
            PaydownJson.Default.NothingAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Changes the password. The user's other sessions end.</summary>
    public Task ChangePasswordAsync(
        string currentPassword,
        string newPassword,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangePassword,
            Routes.ChangePassword.To(),
            new PasswordChange(currentPassword, newPassword),
            PaydownJson.Default.PasswordChange,
            PaydownJson.Default.NothingAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the user's sessions, the newest first.</summary>
    public IAsyncEnumerable<ActiveSession> ListSessionsAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListSessions,
            Routes.ListSessions.To(),
            PaydownJson.Default.SessionsAnswer,
            cancellationToken
        );

    /// <summary>Ends one of the user's sessions at once.</summary>
    public Task EndSessionAsync(
        Guid sessionId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.EndSession,
            Routes.EndSession.To(sessionId),
            PaydownJson.Default.NothingAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Gets whether the user has a second factor, and whether the lender requires one.</summary>
    public Task<SecondFactor> GetSecondFactorAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetSecondFactor,
            Routes.GetSecondFactor.To(),
            PaydownJson.Default.SecondFactorAnswer,
            cancellationToken
        );

    /// <summary>Creates the secret of an authenticator app. A first code confirms it.</summary>
    public Task<NewSecondFactor> SetUpSecondFactorAsync(
        string password,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.SetUpSecondFactor,
            Routes.SetUpSecondFactor.To(),
            new PasswordGiven(password),
            PaydownJson.Default.PasswordGiven,
            PaydownJson.Default.NewSecondFactorAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Turns the second factor on by a first code. The recovery codes are shown once.</summary>
    public Task<RecoveryCodes> ConfirmSecondFactorAsync(
        string code,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ConfirmSecondFactor,
            Routes.ConfirmSecondFactor.To(),
            new CodeGiven(code),
            PaydownJson.Default.CodeGiven,
            PaydownJson.Default.RecoveryCodesAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Replaces the recovery codes. The new ones are shown once; the earlier ones no longer work.</summary>
    public Task<RecoveryCodes> RenewRecoveryCodesAsync(
        string password,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RenewRecoveryCodes,
            Routes.RenewRecoveryCodes.To(),
            new PasswordGiven(password),
            PaydownJson.Default.PasswordGiven,
            PaydownJson.Default.RecoveryCodesAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Removes the second factor.</summary>
    public Task RemoveSecondFactorAsync(
        string password,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RemoveSecondFactor,
            Routes.RemoveSecondFactor.To(),
            new PasswordGiven(password),
            PaydownJson.Default.PasswordGiven,
            PaydownJson.Default.NothingAnswer,
            cancellationToken,
            idempotencyKey
        );

    private Task<Nothing> SetPasswordAsync(
        Route route,
        string token,
        string password,
        CancellationToken cancellationToken
    ) =>
        caller.SendWithoutSessionAsync(
            route,
            new PasswordByToken(token, password, password),
            PaydownJson.Default.PasswordByToken,
            PaydownJson.Default.NothingAnswer,
            cancellationToken
        );
}
