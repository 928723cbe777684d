using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Finds the client address of a request. It is the peer's address, unless the peer is a trusted proxy. Then
/// <c>X-Forwarded-For</c> or <c>Forwarded</c> (RFC 7239) is read from the right to the first address that is not a
/// trusted proxy. Malformed headers, and two headers that disagree, are ignored, because the client may have sent them.
/// </summary>
public sealed class TrustedProxies
{
    /// <summary>The word for a peer on a Unix socket, which has no address.</summary>
    private const string UnixSocket = "unix";

    private readonly IReadOnlyList<IPNetwork> networks;
    private readonly bool trustsUnixSocket;
    private readonly string text;

    private TrustedProxies(IReadOnlyList<IPNetwork> networks, bool trustsUnixSocket, string text) =>
        (this.networks, this.trustsUnixSocket, this.text) = (networks, trustsUnixSocket, text);

    /// <summary>Trusts no proxy.</summary>
    public static TrustedProxies None { get; } = new([], false, "none");

    /// <summary>Parses a list of addresses and CIDR networks, separated by commas.</summary>
    /// <param name="text">For example <c>10.0.0.0/8, 2001:db8::1, unix</c>.</param>
    /// <param name="proxies">The list.</param>
    /// <param name="wrong">The element that is not valid.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out TrustedProxies? proxies,
        [NotNullWhen(false)] out string? wrong
    )
    {
        (proxies, wrong) = (None, null);
        if (text == None.text)
            return true;
        var listed = new List<IPNetwork>();
        var hasUnixSocket = false;
        foreach (var one in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (one == UnixSocket)
            {
                hasUnixSocket = true;
            }
            else if (TryParseNetwork(one, out var network))
            {
                listed.Add(network);
            }
            else
            {
                wrong = one;
                return false;
            }
        }

        proxies = new TrustedProxies(listed, hasUnixSocket, text);
        return true;
    }

    /// <summary>Returns the address of the client; null if it has none (a Unix socket).</summary>
#pragma warning disable RS0030 // The one place that reads the address of the connection.
    public IPAddress? ClientOf(HttpContext http) =>
        ClientOf(Plain(http.Connection.RemoteIpAddress), http.Request.Headers);
#pragma warning restore RS0030

    /// <summary>The text that was parsed.</summary>
    public override string ToString() => text;

    internal IPAddress? ClientOf(IPAddress? peer, IHeaderDictionary headers)
    {
        if (!IsTrusted(peer))
            return peer;
        var byOne = headers.TryGetValue("X-Forwarded-For", out var listed)
            ? Walk(peer, ForwardedAddresses.OfList(listed))
            : null;
        var byOther = headers.TryGetValue("Forwarded", out var elements)
            ? Walk(peer, ForwardedAddresses.OfElements(elements))
            : null;
        if (byOne is null || byOther is null)
            return byOne ?? byOther ?? peer;
        return byOne.Equals(byOther) ? byOne : peer;
    }

    /// <summary>Converts an IPv4-mapped IPv6 address to IPv4.</summary>
    internal static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    // A null address is malformed, or hidden by its proxy.
    private IPAddress? Walk(IPAddress? peer, IReadOnlyList<IPAddress?> addresses)
    {
        var client = peer;
        for (var i = addresses.Count - 1; i >= 0; i--)
        {
            client = addresses[i];
            if (client is null)
                return peer;
            if (!IsTrusted(client))
                return client;
        }

        return client;
    }

    private bool IsTrusted(IPAddress? address)
    {
        if (address is null)
            return trustsUnixSocket;
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (text.Contains('/', StringComparison.Ordinal))
            return IPNetwork.TryParse(text, out network);
        network = default;
        if (!ForwardedAddresses.TryParse(text, out var address))
            return false;
        network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }
}
