using System.Net;
using System.Net.Sockets;

namespace Paydown.Server.Webhooks;

/// <summary>
/// Decides where webhooks may be sent, so that nobody can make the server call services inside the lender's network.
/// The same checks with the same words run when an endpoint is created and when a connection is opened: a name may
/// resolve to another address by then.
/// </summary>
/// <param name="options">What the operator allows.</param>
/// <param name="resolve">Returns the addresses of a host name.</param>
public sealed class TargetGuard(
    WebhookOptions options,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null
)
{
    private const int PrivilegedPortMax = 1023;

    // Everything that is not on the public Internet (IANA special-purpose address registries).
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Teredo and others of 2001::/23, documentation, 6to4.
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    // All of public IPv6. Its NAT64 prefix, unique local, link-local and mapped addresses are outside.
    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve =
        resolve ?? ((host, token) => Dns.GetHostAddressesAsync(host, token));

    /// <summary>Checks an address before it is stored.</summary>
    /// <returns>What is wrong with it; null if webhooks may be sent there.</returns>
    public async Task<string?> CheckAsync(string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("https" or "http"))
            return "must be an https address, such as https://lender.example/webhooks.";
        if (target.UserInfo.Length > 0)
            return "must not contain a user name or password.";
        if (target.Fragment.Length > 0)
            return "must not contain a fragment (#…).";
        var addresses = await FindAsync(target.DnsSafeHost, cancellation);
        if (addresses.Length == 0)
            return $"has a host name that cannot be resolved: {target.DnsSafeHost}.";
        return addresses.Select(address => Check(target, address)).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>Opens a connection to a target whose address is allowed.</summary>
    /// <exception cref="TargetRefusedException">No webhook may be sent there.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (target, point) = (context.InitialRequestMessage.RequestUri!, context.DnsEndPoint);
        var addresses = await FindAsync(target.DnsSafeHost, cancellation);
        if (addresses.Length == 0)
            throw new TargetRefusedException("The host name cannot be resolved.");
        if (addresses.Select(address => Check(target, address)).FirstOrDefault(wrong => wrong is not null) is { } why)
            throw new TargetRefusedException("The URL " + why);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, point.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellation)
    {
        // A dot at the end makes a name absolute and changes nothing.
        if (IPAddress.TryParse(host.TrimEnd('.'), out var address))
            return [address];
        try
        {
            return await resolve(host, cancellation);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private string? Check(Uri target, IPAddress found)
    {
        var address = found.IsIPv4MappedToIPv6 ? found.MapToIPv4() : found;
        var isLocal = IPAddress.IsLoopback(address) && options.AllowsLoopback;
        var isAllowed = isLocal || options.Allowed.Allows(target.DnsSafeHost, address);
        if (!isAllowed && !IsPublic(address))
            return "leads to an address that is not public. The operator can allow private targets (--webhook-allow).";
        if (target.Scheme != Uri.UriSchemeHttps && !isLocal)
            return "must begin with https://.";
        if (target.Port <= PrivilegedPortMax && target.Port is not (80 or 443) && !isAllowed)
            return $"must use port 443 or a port above {PrivilegedPortMax}.";
        return null;
    }

    private static bool IsPublic(IPAddress address) =>
        !NotPublic.Any(network => network.Contains(address))
        && (address.AddressFamily == AddressFamily.InterNetwork || PublicV6.Contains(address));
}

/// <summary>A webhook was not sent, because its target is not allowed.</summary>
public sealed class TargetRefusedException(string message) : Exception(message);
