using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Paydown.Lending;

namespace Paydown.Server.SignIn;

/// <summary>
/// How often one may try to sign in or to register, by e-mail and by remote address; each server counts for itself.
/// What is counted by is a short hash, so that no flood of invented e-mails can take more memory than a fixed amount.
/// </summary>
public sealed class SignInLimits(SignInOptions options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<ushort> loginsByAccount = CreateLimiter(options.LoginsPerAccountAMinute);
    private readonly PartitionedRateLimiter<ushort> loginsByAddress = CreateLimiter(options.LoginsPerAddressAMinute);
    private readonly PartitionedRateLimiter<ushort> registrationsByAddress =
        CreateLimiter(options.RegistrationsPerAddressAMinute);

    private readonly PartitionedRateLimiter<ushort> registrations = CreateLimiter(options.RegistrationsAMinute);
    private readonly PartitionedRateLimiter<ushort> refreshes = CreateLimiter(options.RefreshesPerAddressAMinute);

    /// <summary>Counts a sign-in; a refusal where it is one too many.</summary>
    public Refusal? CheckLogin(AccountKey account, IPAddress? address) =>
        Check(loginsByAddress, Slot(address)) ?? Check(loginsByAccount, Slot(account));

    /// <summary>Counts a registration; a refusal where it is one too many.</summary>
    public Refusal? CheckRegistration(IPAddress? address) =>
        Check(registrationsByAddress, Slot(address)) ?? Check(registrations, slot: 0);

    /// <summary>Counts a refresh or a logout; a refusal where it is one too many.</summary>
    public Refusal? CheckRefresh(IPAddress? address) => Check(refreshes, Slot(address));

    public void Dispose()
    {
        loginsByAccount.Dispose();
        loginsByAddress.Dispose();
        registrationsByAddress.Dispose();
        registrations.Dispose();
        refreshes.Dispose();
    }

    private static Refusal? Check(PartitionedRateLimiter<ushort> limiter, ushort slot)
    {
        using var lease = limiter.AttemptAcquire(slot);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Window;
        return Refusals.RateLimitExceeded(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
    }

    // Two that share a slot share its count. HashCode is seeded anew in each process, so nobody can aim at another's
    // slot.
    private static ushort Slot(AccountKey account) => unchecked((ushort)HashCode.Combine(account.Number));

    private static ushort Slot(IPAddress? address)
    {
        if (address is null) return 0;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes().AsSpan();
        // Whoever has one IPv6 address has a whole /64.
        if (address.AddressFamily == AddressFamily.InterNetworkV6) bytes = bytes[..8];
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return unchecked((ushort)hash.ToHashCode());
    }

    private static PartitionedRateLimiter<ushort> CreateLimiter(int permits) =>
        PartitionedRateLimiter.Create<ushort, ushort>(slot => RateLimitPartition.GetFixedWindowLimiter(
            slot, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }));
}
