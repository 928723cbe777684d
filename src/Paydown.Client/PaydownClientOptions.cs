using System.Net;
using System.Security.Cryptography;

namespace Paydown.Client;

/// <summary>What a caller decides about a client; the defaults are right for most.</summary>
public sealed record PaydownClientOptions
{
    /// <summary>
    /// Whose request it is, as the lender is told (<c>x-fapi-customer-ip-address</c>): set it where the program
    /// acts for customers elsewhere.
    /// </summary>
    public IPAddress CustomerIpAddress { get; init; } = IPAddress.Loopback;

    /// <summary>How often a call is tried at most, the first time included; 1 never retries.</summary>
    public int AttemptsMax { get; init; } = 5;

    /// <summary>How long one attempt may take. Of a list that is streamed: how long it may be silent.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause before the second attempt; it doubles with each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The longest pause before any attempt. A server that asks for a longer one (<c>Retry-After</c>) is not asked
    /// again: the refusal goes to the caller, with the time to wait.
    /// </summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before its end an access token is renewed.</summary>
    public TimeSpan RefreshBefore { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Told each new session, null where it ended: store it to go on after a restart. A refresh token is good for
    /// one use, so only the last one told counts. Called one at a time; it should return soon and not throw.
    /// </summary>
    public Action<PaydownSession?>? SessionChanged { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Fills with random bytes, from any thread: for keys, interaction ids and pauses.</summary>
    public Action<Span<byte>> FillRandom { get; init; } = RandomNumberGenerator.Fill;
}
