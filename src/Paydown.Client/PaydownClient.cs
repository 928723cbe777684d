using Microsoft.Extensions.Options;

namespace Paydown.Client;

/// <summary>
/// The typed client of a Paydown server. It holds one session and is safe for any number of threads. Create one and
/// keep it. It caches nothing: every call goes to the server.
/// </summary>
public sealed class PaydownClient : IDisposable
{
    /// <summary>The name under which <c>AddPaydownClient</c> registers its <see cref="HttpClient"/>.</summary>
    public const string HttpClientName = "Paydown";

    private readonly HttpClient http;
    private readonly bool isOwner;

    /// <summary>Creates a client with its own connections. Disposing it closes them.</summary>
    /// <param name="address">The server's address: everything before <c>/api</c>.</param>
    public PaydownClient(Uri address)
        : this(new PaydownClientOptions { Address = address }) { }

    /// <summary>Creates a client with its own connections. Disposing it closes them.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="ArgumentException">A setting is missing or invalid.</exception>
    public PaydownClient(PaydownClientOptions options)
        : this(new HttpClient(NewHandler()) { Timeout = Timeout.InfiniteTimeSpan }, options) => isOwner = true;

    /// <summary>Creates a client over the caller's <see cref="HttpClient"/>, which it does not dispose.</summary>
    /// <param name="http">
    /// Must not follow redirects, which would send the token elsewhere. Its own timeout and retries are added to those
    /// of the options.
    /// </param>
    /// <param name="options">The settings.</param>
    /// <exception cref="ArgumentException">A setting is missing or invalid.</exception>
    public PaydownClient(HttpClient http, PaydownClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        options = options with { };
        var check = new PaydownClientOptionsValidator().Validate(Options.DefaultName, options);
        if (check.Failed)
            throw new ArgumentException(check.FailureMessage, nameof(options));
        this.http = http;
        var address = options.Address!.AbsoluteUri;
        var transport = new Transport(http, new(address.EndsWith('/') ? address : address + "/"), options);
        var session = new Session(transport, options);
        var caller = new Caller(transport, session, options);
        SignIn = new(caller, session);
        Account = new(caller);
        Staff = new(caller);
        Repayments = new(caller);
        Loans = new(caller);
        Applications = new(caller);
        ApplicationDecisions = new(caller);
        BankAccounts = new(caller);
        Wallet = new(caller);
        Officers = new(caller);
        LoanActs = new(caller);
        Customers = new(caller);
        Administration = new(caller);
        Ledger = new(caller);
        EndOfDay = new(caller);
        Reports = new(caller);
        Documents = new(caller);
        Webhooks = new(caller);
        Notices = new(caller);
        Products = new(caller);
        Organisation = new(caller);
        Statements = new(caller);
        Collectors = new(caller);
    }

    /// <summary>Registration, sign-in and sign-out.</summary>
    public SignInCalls SignIn { get; }

    /// <summary>The user's own sign-in: password, sessions, e-mail address.</summary>
    public AccountCalls Account { get; }

    /// <summary>The employees of the lender, for managers.</summary>
    public StaffCalls Staff { get; }

    /// <summary>Repayments of customers: report, withdraw, list, pay off.</summary>
    public RepaymentCalls Repayments { get; }

    /// <summary>Loans of customers: balances, schedule, charges.</summary>
    public LoanCalls Loans { get; }

    /// <summary>Applications and offers, for customers and agents.</summary>
    public ApplicationCalls Applications { get; }

    /// <summary>Applications, for officers: approve, reject, offer, disburse.</summary>
    public ApplicationDecisionCalls ApplicationDecisions { get; }

    /// <summary>The trial balance and the postings of the ledger.</summary>
    public LedgerCalls Ledger { get; }

    /// <summary>Reports of the whole organisation, for officers.</summary>
    public ReportCalls Reports { get; }

    /// <summary>Documents as PDF, for customers and for officers of their lender.</summary>
    public DocumentCalls Documents { get; }

    /// <summary>The end of the day, for managers.</summary>
    public EndOfDayCalls EndOfDay { get; }

    /// <summary>Webhook endpoints, deliveries and events.</summary>
    public WebhookCalls Webhooks { get; }

    /// <summary>E-mails to customers and staff.</summary>
    public NoticeCalls Notices { get; }

    /// <summary>Bank accounts of customers.</summary>
    public BankAccountCalls BankAccounts { get; }

    /// <summary>Wallets of customers and transfers from them to bank accounts.</summary>
    public WalletCalls Wallet { get; }

    /// <summary>Repayments and loans, for officers: verify, charge, waive, write off.</summary>
    public OfficerCalls Officers { get; }

    /// <summary>Changes of what was agreed on a running loan, for managers.</summary>
    public LoanActCalls LoanActs { get; }

    /// <summary>Profiles of customers.</summary>
    public CustomerCalls Customers { get; }

    /// <summary>API tokens, the audit trail, banks and the blacklist, for managers.</summary>
    public AdministrationCalls Administration { get; }

    /// <summary>Loan products and their questions.</summary>
    public ProductCalls Products { get; }

    /// <summary>The settings of the organisation and its bank accounts, for managers.</summary>
    public OrganisationCalls Organisation { get; }

    /// <summary>Bank statements and what became of their entries.</summary>
    public StatementCalls Statements { get; }

    /// <summary>Third parties that collect loans: what they have collected and remitted.</summary>
    public CollectorCalls Collectors { get; }

    /// <summary>Closes the connections if the client owns them. The session stays valid on the server.</summary>
    public void Dispose()
    {
        if (isOwner)
            http.Dispose();
    }

    // Connections are renewed because the address behind a name can change.
    internal static SocketsHttpHandler NewHandler() =>
        new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
}
