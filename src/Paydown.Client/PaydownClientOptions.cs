using System.Net;
using System.Security.Cryptography;

namespace Paydown.Client;

/// <summary>The settings of a client. Only the address is needed. A client copies them when it is created.</summary>
public sealed record PaydownClientOptions
{
    /// <summary>The server's address: everything before <c>/api</c>.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// An API token (<c>pdk_…</c>) that each call carries, until <see cref="SignInCalls"/> begins another session;
    /// null if the program signs in.
    /// </summary>
    public string? ApiToken { get; set; }

    /// <summary>
    /// The end user's IP address, sent as <c>x-fapi-customer-ip-address</c>. Set it if the program acts for customers
    /// who are elsewhere.
    /// </summary>
    public IPAddress CustomerIpAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The maximum number of attempts per call, including the first; 1 never retries.</summary>
    public int AttemptsMax { get; set; } = 5;

    /// <summary>The time limit of one attempt. For a streamed list, the longest silence.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause before the second attempt; it doubles with each further attempt.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The longest pause before any attempt. If the server asks for a longer one (<c>Retry-After</c>), the call is not
    /// retried: it throws the refusal, with the time to wait.
    /// </summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before it expires an access token is renewed.</summary>
    public TimeSpan RefreshBefore { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Receives each new session, or null when the session has ended. Store it to continue after a restart. A refresh
    /// token works once, so only the last session counts. Calls never overlap; return quickly and do not throw.
    /// </summary>
    public Action<PaydownSession?>? SessionChanged { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The source of randomness for keys, ids and pauses; called from any thread.</summary>
    internal RandomBytes FillRandom { get; set; } = RandomNumberGenerator.Fill;

    /// <summary>The settings without the API token, which must not reach a log.</summary>
    public override string ToString() => $"{nameof(PaydownClientOptions)} {Address}";
}

/// <summary>Fills a span with random bytes.</summary>
internal delegate void RandomBytes(Span<byte> bytes);
