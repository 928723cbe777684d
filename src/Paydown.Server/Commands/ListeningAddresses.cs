using System.Net;
using System.Net.Sockets;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>
/// Tries to bind the addresses before anything is started, so a wrong one is reported at once. If an address is taken
/// between this check and the start, the start fails with the same message.
/// </summary>
internal static class ListeningAddresses
{
    /// <summary>Checks that the server can listen on each address.</summary>
    /// <exception cref="OperatingException">It cannot; the message names the address and the reason.</exception>
    public static void Check(IReadOnlyList<string> urls)
    {
        if (urls.Count == 0)
            throw new OperatingException("--urls has no address.");
        foreach (var url in urls)
            Try(url, Read(url));
    }

    /// <summary>The message for an address that is taken.</summary>
    public static string InUse(string url) =>
        $"{url} is in use. Stop the program that listens there, or choose another address with --urls.";

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
            // Reported below.
        }
        throw new OperatingException(
            $"--urls: \"{url}\" is not a valid address. Use one like "
                + $"{ServerOptions.DefaultUrl}. For https, put a reverse proxy in front."
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
                    : $"Cannot listen on {url}: {exception.Message}.",
                exception
            );
        }
    }
}
