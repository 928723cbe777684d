using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Reads the addresses that proxies add to a request, from the client to the last proxy but one. An element that is not
/// an address (<c>unknown</c>, an obfuscated name, anything malformed) is null.
/// </summary>
internal static class ForwardedAddresses
{
    // No real chain of proxies is longer.
    private const int Max = 64;

    /// <summary>Reads <c>X-Forwarded-For</c>: addresses separated by commas, with or without a port.</summary>
    public static IReadOnlyList<IPAddress?> OfList(StringValues values)
    {
        var addresses = new List<IPAddress?>();
        foreach (var value in values)
        {
            foreach (var one in (value ?? "").Split(','))
                addresses.Add(ReadNode(one.Trim()));
        }

        return addresses.Count > Max ? [null] : addresses;
    }

    /// <summary>Reads the <c>for</c> of each element of <c>Forwarded</c> (RFC 7239).</summary>
    public static IReadOnlyList<IPAddress?> OfElements(StringValues values)
    {
        var addresses = new List<IPAddress?>();
        foreach (var value in values)
        {
            if (!TryReadElements(value ?? "", addresses))
                return [null];
        }

        return addresses.Count > Max ? [null] : addresses;
    }

    /// <summary>
    /// Parses an address in its usual form. .NET also accepts a single number, and hexadecimal and octal parts.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (!IPAddress.TryParse(text, out var read))
            return false;
        var isUsual = read.AddressFamily == AddressFamily.InterNetworkV6 ? text[0] != '[' : read.ToString() == text;
        if (isUsual)
            address = TrustedProxies.Plain(read);
        return isUsual;
    }

    // Elements are separated by commas; their name=value pairs by semicolons. A value may be quoted.
    private static bool TryReadElements(string text, List<IPAddress?> addresses)
    {
        var at = 0;
        while (true)
        {
            string? node = null;
            do
            {
                if (!TryReadPair(text, ref at, out var name, out var value))
                    return false;
                if (!name.Equals("for", StringComparison.OrdinalIgnoreCase))
                    continue;
                if (node is not null)
                    return false;
                node = value;
            } while (TryTake(text, ref at, ';'));

            addresses.Add(node is null ? null : ReadNode(node));
            if (at == text.Length)
                return true;
            if (!TryTake(text, ref at, ','))
                return false;
        }
    }

    private static bool TryReadPair(string text, ref int at, out string name, out string value)
    {
        (name, value) = ("", "");
        SkipSpace(text, ref at);
        var from = at;
        while (at < text.Length && text[at] is not ('=' or ';' or ',' or ' ' or '"'))
            at++;
        name = text[from..at];
        if (name.Length == 0 || !TryTake(text, ref at, '='))
            return false;
        var isRead =
            at < text.Length && text[at] == '"'
                ? TryReadQuoted(text, ref at, out value)
                : TryReadToken(text, ref at, out value);
        SkipSpace(text, ref at);
        return isRead;
    }

    private static bool TryReadToken(string text, ref int at, out string value)
    {
        var from = at;
        while (at < text.Length && text[at] is not (';' or ',' or ' ' or '\t' or '"'))
            at++;
        value = text[from..at];
        return value.Length > 0;
    }

    private static bool TryReadQuoted(string text, ref int at, out string value)
    {
        var read = new StringBuilder();
        value = "";
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                value = read.ToString();
                return true;
            }

            if (text[at] == '\\' && ++at == text.Length)
                return false;
            read.Append(text[at]);
        }

        return false;
    }

    // 192.0.2.1, 192.0.2.1:4711, 2001:db8::1, [2001:db8::1], [2001:db8::1]:4711
    private static IPAddress? ReadNode(string text)
    {
        var (host, port) = (text, "");
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0)
                return null;
            (host, port) = (text[1..end], text[(end + 1)..]);
            if (!host.Contains(':', StringComparison.Ordinal))
                return null;
        }
        else if (text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && colon == text.LastIndexOf(':'))
        {
            (host, port) = (text[..colon], text[colon..]);
        }

        return IsPort(port) && TryParse(host, out var address) ? address : null;
    }

    // RFC 7239 allows obfuscated ports such as _x.
    private static bool IsPort(string port) =>
        port.Length == 0
        || port[0] == ':'
            && port.Length is > 1 and < 66
            && (port[1] == '_' || port.Length <= 6 && port.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);

    private static bool TryTake(string text, ref int at, char wanted)
    {
        if (at == text.Length || text[at] != wanted)
            return false;
        at++;
        return true;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
    }
}
