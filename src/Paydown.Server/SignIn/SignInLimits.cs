using System.Net;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.SignIn;

/// <summary>
/// Limits attempts to sign in or register; each server counts for itself. An address over its limit is slowed down, not
/// shut out, because many people may share it while one of them keeps failing. Successes do not count.
/// </summary>
public sealed class SignInLimits(SignInOptions options, TimeProvider time, ILogger<SignInLimits> logger)
{
    // A longer delay would exceed the time limit of a request.
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(1);

    private readonly Buckets logins = Buckets.PerMinute(time, options.LoginsPerAccountAMinute);
    private readonly Buckets failures = Buckets.PerMinute(time, options.FailuresPerAddressAMinute);
    private readonly Buckets registrationsByAddress = Buckets.PerMinute(time, options.RegistrationsPerAddressAMinute);

    private readonly Buckets registrations = Buckets.PerMinute(time, options.RegistrationsAMinute);
    private readonly Buckets refreshes = Buckets.PerMinute(time, options.RefreshFailuresPerAddressAMinute);
    private long loggedAt;
    private int unlogged;

    /// <summary>Counts a sign-in, and delays it if its address has failed often.</summary>
    /// <param name="account">The account that signs in.</param>
    /// <param name="client">The client that signs in.</param>
    /// <param name="isKnown">
    /// True if the account recently signed in from this client. Then the address limit does not apply.
    /// </param>
    /// <param name="token">Cancels the delay.</param>
    public async ValueTask<Result<Place>> EnterLoginAsync(
        AccountKey account,
        ClientKey client,
        bool isKnown,
        CancellationToken token
    )
    {
        var slot = isKnown ? HashCode.Combine(client.Number) : HashCode.Combine(account.Number);
        var taken = logins.Take(slot);
        if (!taken.IsTaken)
            return Refuse(taken);
        return isKnown ? new Place(null, 0) : await EnterAsync(failures, client.AddressSlot, token);
    }

    /// <summary>Counts a refresh or a logout, and delays it if its address has failed often.</summary>
    public ValueTask<Result<Place>> EnterRefreshAsync(IPAddress? address, CancellationToken token) =>
        EnterAsync(refreshes, ClientKey.SlotOf(address), token);

    /// <summary>Counts a registration; returns a refusal if it is over the limit.</summary>
    public Refusal? CheckRegistration(IPAddress? address)
    {
        var taken = registrationsByAddress.Take(ClientKey.SlotOf(address));
        if (taken.IsTaken)
            taken = registrations.Take(slot: 0);
        return taken.IsTaken ? null : Refuse(taken);
    }

    /// <summary>Counts a forgotten password; returns a refusal if it is over the limit of sign-ins.</summary>
    public Refusal? CheckForgotten(AccountKey account, IPAddress? address)
    {
        var taken = logins.Take(HashCode.Combine(account.Number));
        if (taken.IsTaken)
            taken = registrationsByAddress.Take(ClientKey.SlotOf(address));
        return taken.IsTaken ? null : Refuse(taken);
    }

    private async ValueTask<Result<Place>> EnterAsync(Buckets buckets, int slot, CancellationToken token)
    {
        var taken = buckets.Take(slot, PatienceMax);
        if (!taken.IsTaken)
            return Refuse(taken);
        if (taken.Wait > TimeSpan.Zero)
            await Task.Delay(taken.Wait, time, token);
        return new Place(buckets, slot);
    }

    private Refusal Refuse(Taken taken)
    {
        Interlocked.Increment(ref unlogged);
        var last = Volatile.Read(ref loggedAt);
        if (
            (last == 0 || time.GetElapsedTime(last) >= LogPause)
            && Interlocked.CompareExchange(ref loggedAt, time.GetTimestamp(), last) == last
        )
            SignInLog.Limited(logger, Interlocked.Exchange(ref unlogged, 0));
        return Refusals.RateLimitExceeded(taken.Seconds);
    }

    /// <summary>An attempt that was admitted.</summary>
    public sealed class Place(Buckets? buckets, int slot)
    {
        /// <summary>
        /// Returns the place, because the attempt succeeded and so does not count against its address.
        /// </summary>
        public void GiveBack() => buckets?.GiveBack(slot);
    }
}
