namespace Paydown.Client;

/// <summary>Registering, signing in and out. The session is renewed by itself, before it ends.</summary>
public sealed class SignInCalls
{
    private readonly Caller caller;
    private readonly Session session;

    internal SignInCalls(Caller caller, Session session) => (this.caller, this.session) = (caller, session);

    /// <summary>The session of now; null where nobody is signed in.</summary>
    public PaydownSession? Session => session.Current;

    /// <summary>
    /// Registers a customer, who can sign in from then on; it signs nobody in. An answer that is lost is not asked for
    /// again: try to sign in.
    /// </summary>
    public Task<CustomerProfile> RegisterAsync(NewCustomer customer, CancellationToken cancellationToken = default) =>
        caller.SendWithoutSessionAsync(
            Routes.RegisterCustomer,
            customer,
            PaydownJson.Default.NewCustomer,
            PaydownJson.Default.CustomerAnswer,
            cancellationToken
        );

    /// <summary>Signs in; all calls from now on are of this user.</summary>
    public Task<SignedInUser> SignInAsync(
        string email,
        string password,
        CancellationToken cancellationToken = default
    ) => SignInAsync(new Credentials(email, password, null), cancellationToken);

    /// <summary>
    /// The same at one lender of a server with several, where neither the host name nor the e-mail tells which.
    /// </summary>
    public Task<SignedInUser> SignInAsync(
        string email,
        string password,
        Guid organisationId,
        CancellationToken cancellationToken = default
    ) => SignInAsync(new Credentials(email, password, organisationId), cancellationToken);

    /// <summary>Goes on with a session that was stored.</summary>
    public void Resume(PaydownSession stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        session.Set(stored);
    }

    /// <summary>Signs out: the server refuses both tokens from now on. Without a session it does nothing.</summary>
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
