namespace Paydown.Client;

/// <summary>Registration, sign-in and sign-out. The client renews the session before it expires.</summary>
public sealed class SignInCalls
{
    private readonly Caller caller;
    private readonly Session session;

    internal SignInCalls(Caller caller, Session session) => (this.caller, this.session) = (caller, session);

    /// <summary>The current session; null if nobody is signed in.</summary>
    public PaydownSession? Session => session.Current;

    /// <summary>
    /// Registers a customer. It does not sign the customer in. The call is never retried; if the response is lost, try
    /// to sign in.
    /// </summary>
    public Task<CustomerProfile> RegisterAsync(NewCustomer customer, CancellationToken cancellationToken = default) =>
        caller.SendWithoutSessionAsync(
            Routes.RegisterCustomer,
            customer,
            PaydownJson.Default.NewCustomer,
            PaydownJson.Default.CustomerAnswer,
            cancellationToken
        );

    /// <summary>Signs in. All later calls act as this user.</summary>
    public Task<SignedInUser> SignInAsync(
        string email,
        string password,
        CancellationToken cancellationToken = default
    ) => SignInAsync(new Credentials(email, password, null), cancellationToken);

    /// <summary>
    /// Signs in at one lender of a server with several. Needed only if neither the host name nor the e-mail address
    /// identifies the lender.
    /// </summary>
    public Task<SignedInUser> SignInAsync(
        string email,
        string password,
        Guid organisationId,
        CancellationToken cancellationToken = default
    ) => SignInAsync(new Credentials(email, password, organisationId), cancellationToken);

    /// <summary>Signs in with a second factor: a code of the authenticator app, or a recovery code.</summary>
    /// <param name="email">The e-mail address.</param>
    /// <param name="password">The password.</param>
    /// <param name="secondFactorCode">The code.</param>
    /// <param name="organisationId">The lender; null if the host name or the e-mail identifies it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SignedInUser> SignInAsync(
        string email,
        string password,
        string secondFactorCode,
        Guid? organisationId,
        CancellationToken cancellationToken = default
    ) => SignInAsync(new Credentials(email, password, organisationId, secondFactorCode), cancellationToken);

    /// <summary>Continues with a stored session.</summary>
    public void Resume(PaydownSession stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        session.Set(stored);
    }

    /// <summary>Signs out: the server revokes both tokens. Does nothing if nobody is signed in.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken = default)
    {
        var ended = session.Current;
        session.Set(null);
        if (ended?.RefreshToken is not { } secret)
            return;
        await caller.SendWithoutSessionAsync(
            Routes.Logout,
            new RefreshSecret(secret),
            PaydownJson.Default.RefreshSecret,
            PaydownJson.Default.NothingAnswer,
            cancellationToken
        );
    }

    private async Task<SignedInUser> SignInAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        var signedIn = await caller.SendWithoutSessionAsync(
            Routes.Login,
            credentials,
            PaydownJson.Default.Credentials,
            PaydownJson.Default.SignedInAnswer,
            cancellationToken
        );
        session.Set(session.Of(signedIn.AccessToken, signedIn.RefreshToken, signedIn.ExpiresIn));
        return signedIn.User;
    }
}
