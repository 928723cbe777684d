using System.Net;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.SignIn;

/// <summary>
/// How often one may try to sign in or to register; each server counts for itself. An address that has used up its
/// attempts is slowed down to its pace and not shut out: behind one address there may be many, one of whom fails all
/// the time. What succeeds does not count.
/// </summary>
public sealed class SignInLimits(SignInOptions options, TimeProvider time, ILogger<SignInLimits> logger)
{
    // Longer, and the answer would come too late.
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TellPause = TimeSpan.FromSeconds(1);

    private readonly Buckets logins = Buckets.PerMinute(time, options.LoginsPerAccountAMinute);
    private readonly Buckets failures = Buckets.PerMinute(time, options.FailuresPerAddressAMinute);
    private readonly Buckets registrationsByAddress = Buckets.PerMinute(time, options.RegistrationsPerAddressAMinute);

    private readonly Buckets registrations = Buckets.PerMinute(time, options.RegistrationsAMinute);
    private readonly Buckets refreshes = Buckets.PerMinute(time, options.RefreshFailuresPerAddressAMinute);
    private long toldAt;
    private int untold;

    /// <summary>Counts a sign-in, and waits for its turn if its address has failed often.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="client">Where it comes from.</param>
    /// <param name="isKnown">True if it has signed in from there lately: neither the address nor what others do counts.
    /// </param>
    /// <param name="token">Ends the wait.</param>
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

    /// <summary>Counts a refresh or a logout, and waits for its turn if its address has failed often.</summary>
    public ValueTask<Result<Place>> EnterRefreshAsync(IPAddress? address, CancellationToken token) =>
        EnterAsync(refreshes, ClientKey.SlotOf(address), token);

    /// <summary>Counts a registration; a refusal if it is one too many.</summary>
    public Refusal? CheckRegistration(IPAddress? address)
    {
        var taken = registrationsByAddress.Take(ClientKey.SlotOf(address));
        if (taken.IsTaken)
            taken = registrations.Take(slot: 0);
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
        Interlocked.Increment(ref untold);
        var last = Volatile.Read(ref toldAt);
        if (
            (last == 0 || time.GetElapsedTime(last) >= TellPause)
            && Interlocked.CompareExchange(ref toldAt, time.GetTimestamp(), last) == last
        )
            SignInLog.Limited(logger, Interlocked.Exchange(ref untold, 0));
        return Refusals.RateLimitExceeded(taken.Seconds);
    }

    /// <summary>An attempt that was let in.</summary>
    public sealed class Place(Buckets? buckets, int slot)
    {
        /// <summary>It was no failure, so that it does not count against its address.</summary>
        public void GiveBack() => buckets?.GiveBack(slot);
    }
}
