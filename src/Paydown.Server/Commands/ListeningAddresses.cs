using System.Net;
using System.Net.Sockets;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>
/// Tries the addresses before anything is started, so that a mistyped or taken one costs nothing but a line. Somebody
/// may still take one between this and the real start, which then fails the same way.
/// </summary>
internal static class ListeningAddresses
{
    /// <exception cref="OperatingException">One cannot be listened on; the message says which, and why.</exception>
    public static void Check(IReadOnlyList<string> urls)
    {
        if (urls.Count == 0)
            throw new OperatingException("--urls names no address.");
        foreach (var url in urls)
            Try(url, Read(url));
    }

    /// <summary>What is said of an address that somebody has.</summary>
    public static string InUse(string url) =>
        $"{url} is in use. Stop what listens there, or choose another address with --urls.";

    private static BindingAddress Read(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address is { Scheme: "http", Port: >= 0 and <= IPEndPoint.MaxPort })
                return address;
        }
        catch (FormatException)
        {
            // Said below, in our words.
        }
        throw new OperatingException(
            $"--urls: \"{url}\" is no address to listen on. Expected one like "
                + $"{ServerOptions.DefaultUrl}; for https put a proxy in front."
        );
    }

    private static void Try(string url, BindingAddress address)
    {
        if (address.IsUnixPipe || address.Port == 0)
            return;
        var isNumber = IPAddress.TryParse(address.Host, out var host);
        if (address.Host == "localhost")
            host = IPAddress.Loopback;
        else if (!isNumber)
            host = IPAddress.Any;
        try
        {
            using var socket = new Socket(host!.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(host, address.Port));
        }
        catch (SocketException exception)
        {
            throw new OperatingException(
                exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? InUse(url)
                    : $"{url} cannot be listened on: {exception.Message}.",
                exception
            );
        }
    }
}
