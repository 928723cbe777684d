using System.Net;
using System.Net.Sockets;

namespace Paydown.Server.Webhooks;

/// <summary>
/// The private targets that an operator allows: networks in CIDR notation, addresses and host names. Loopback and
/// link-local addresses are only allowed one by one, because other services of the machine listen there.
/// </summary>
public sealed record AllowedTargets
{
    private readonly IReadOnlyList<IPNetwork> networks;
    private readonly IReadOnlySet<string> hosts;

    private AllowedTargets(IReadOnlyList<IPNetwork> networks, IReadOnlySet<string> hosts) =>
        (this.networks, this.hosts) = (networks, hosts);

    /// <summary>No private target.</summary>
    public static AllowedTargets None { get; } = new([], new HashSet<string>());

    private string text = "";

    /// <summary>
    /// Reads a list separated by commas, for example <c>10.1.0.0/16,hooks.internal</c>. Returns false and the wrong
    /// part if there is one.
    /// </summary>
    public static bool TryParse(string text, out AllowedTargets? targets, out string? wrong)
    {
        (targets, wrong) = (null, null);
        var (networks, hosts) = (new List<IPNetwork>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var address))
                networks.Add(new IPNetwork(address, LengthOf(address)));
            else if (IPNetwork.TryParse(part, out var network))
                networks.Add(network);
            else if (Uri.CheckHostName(part) == UriHostNameType.Dns)
                hosts.Add(part);
            else
            {
                wrong = part;
                return false;
            }
        }

        targets = new AllowedTargets(networks, hosts) { text = text };
        return true;
    }

    /// <summary>True if the operator allows an address that is not public.</summary>
    /// <param name="host">The host name by which it was found.</param>
    /// <param name="address">The address.</param>
    public bool Allows(string host, IPAddress address)
    {
        var needsExact = IPAddress.IsLoopback(address) || IsLinkLocal(address);
        return networks.Any(network =>
                network.Contains(address) && (!needsExact || network.PrefixLength == LengthOf(address))
            ) || (!needsExact && hosts.Contains(host));
    }

    /// <summary>The list as it was read.</summary>
    public override string ToString() => text;

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.GetAddressBytes() is [169, 254, ..] and { Length: 4 });

    private static int LengthOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
}
