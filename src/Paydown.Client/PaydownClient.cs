namespace Paydown.Client;

/// <summary>
/// The typed client of a Paydown server. It keeps one session, may be used by any number of threads at once, and is
/// made once for as long as the program runs. It is not a cache: every call goes to the server.
/// </summary>
public sealed class PaydownClient : IDisposable
{
    private readonly HttpClient http;
    private readonly bool isOwner;

    /// <summary>A client with connections of its own, which are closed when it is disposed.</summary>
    /// <param name="address">Where the server is: all that comes before <c>/api</c>.</param>
    /// <param name="options">What else to decide.</param>
    public PaydownClient(Uri address, PaydownClientOptions? options = null)
        : this(NewHttpClient(), address, options) => isOwner = true;

    /// <summary>A client over an <see cref="HttpClient"/> of the caller, who disposes it.</summary>
    /// <param name="http">
    /// Should follow no redirects: they would carry the token elsewhere. Its own timeout and retries come on top of
    /// those of the options.
    /// </param>
    /// <param name="address">Where the server is: all that comes before <c>/api</c>.</param>
    /// <param name="options">What else to decide.</param>
    public PaydownClient(HttpClient http, Uri address, PaydownClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(address);
        this.http = http;
        options ??= new();
        var server = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        var transport = new Transport(http, server, options);
        var session = new Session(transport, options);
        var caller = new Caller(transport, session, options);
        SignIn = new(caller, session);
        Repayments = new(caller);
        Loans = new(caller);
        Applications = new(caller);
        ApplicationDecisions = new(caller);
        BankAccounts = new(caller);
        Wallet = new(caller);
        Officers = new(caller);
        Customers = new(caller);
        Administration = new(caller);
        Products = new(caller);
        Organisation = new(caller);
    }

    /// <summary>Registering, signing in and out.</summary>
    public SignInCalls SignIn { get; }

    /// <summary>What customers do about repayments.</summary>
    public RepaymentCalls Repayments { get; }

    /// <summary>What customers see of their loans.</summary>
    public LoanCalls Loans { get; }

    /// <summary>Applications and offers, as customers and agents see them.</summary>
    public ApplicationCalls Applications { get; }

    /// <summary>Applications, as officers decide them.</summary>
    public ApplicationDecisionCalls ApplicationDecisions { get; }

    /// <summary>The bank accounts of customers.</summary>
    public BankAccountCalls BankAccounts { get; }

    /// <summary>The wallets of customers, and how money leaves them.</summary>
    public WalletCalls Wallet { get; }

    /// <summary>The back office.</summary>
    public OfficerCalls Officers { get; }

    /// <summary>What is known of customers.</summary>
    public CustomerCalls Customers { get; }

    /// <summary>What managers do beside the business: API tokens and the audit trail.</summary>
    public AdministrationCalls Administration { get; }

    /// <summary>What can be borrowed, and on which terms.</summary>
    public ProductCalls Products { get; }

    /// <summary>The lender itself.</summary>
    public OrganisationCalls Organisation { get; }

    /// <summary>Closes the connections, where they are its own. It signs nobody out.</summary>
    public void Dispose()
    {
        if (isOwner)
            http.Dispose();
    }

    // Addresses change behind a name, and each attempt has its own timeout.
    private static HttpClient NewHttpClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
