using Paydown.Server.Databases;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Logs;
using Paydown.Server.Platform.Telemetry;
using Paydown.Server.SignIn;
using Paydown.Server.Webhooks;

namespace Paydown.Server;

/// <summary>The operator's options of a server, read from the command line and the environment.</summary>
public sealed record ServerOptions
{
    /// <summary>The default address.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The default data directory, below the current directory.</summary>
    public const string DefaultDataDirectory = ".paydown";

    /// <summary>The addresses to listen on.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>The connection string of the database. A private database is already running.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>True if other databases of the same server have lenders, too.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>The limits of sign-ins.</summary>
    public SignInOptions SignIn { get; init; } = new();

    /// <summary>The limits of requests per caller.</summary>
    public CallerLimitOptions Limits { get; init; } = new();

    /// <summary>The proxies whose client addresses are trusted.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>The origins whose pages may call the API.</summary>
    public CrossOrigin CrossOrigin { get; init; } = CrossOrigin.None;

    /// <summary>The levels and the format of the log.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>Where metrics and traces go.</summary>
    public TelemetryOptions Telemetry { get; init; } = TelemetryOptions.Off;

    /// <summary>The clock of the server.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the server has pages; false for the API alone.</summary>
    public bool HasPages { get; init; } = true;

    /// <summary>The payment partner.</summary>
    public PaymentOptions Payments { get; init; } = new();

    /// <summary>Where webhooks may be sent.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>The options of the application of one of several databases, without the addresses.</summary>
    internal ServerOptions On(NamedDatabase database, int count) =>
        this with
        {
            Urls = [],
            ConnectionString = database.ConnectionString,
            IsOneOfSeveral = count > 1,
            // The bank's files of each database are apart.
            Payments = Payments.In(database.Name),
        };
}
