using Paydown.Server.Payments;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Logs;
using Paydown.Server.SignIn;

namespace Paydown.Server;

/// <summary>What an operator decides about a server; the commands read it from their options.</summary>
public sealed record ServerOptions
{
    /// <summary>The address used where none is named.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The data directory used where none is named, below the current directory.</summary>
    public const string DefaultDataDirectory = ".paydown";

    /// <summary>The addresses to listen on.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>The database, the private one included: it runs when the server is built.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How often one may try to sign in.</summary>
    public SignInOptions SignIn { get; init; } = new();

    /// <summary>How often one caller may call.</summary>
    public CallerLimitOptions Limits { get; init; } = new();

    /// <summary>Whose word about the address of a client counts.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>Which pages of other origins may call.</summary>
    public CrossOrigin CrossOrigin { get; init; } = CrossOrigin.None;

    /// <summary>What is logged, and how.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>The clock of everything that the server dates.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Who carries money to bank accounts.</summary>
    public PaymentOptions Payments { get; init; } = new();
}
