using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>
/// The addresses to listen on. They are bound once before anything is started, so one that is taken is reported at
/// once. If an address is taken between this check and the start, the start fails with the same message.
/// </summary>
internal static class ListeningAddresses
{
    /// <summary>What an address must be, for the error message.</summary>
    public const string Form = $"an address like {ServerOptions.DefaultUrl}; for https, put a reverse proxy in front";

    /// <summary>The address if none is set.</summary>
    public static IReadOnlyList<string> Default { get; } = [ServerOptions.DefaultUrl];

    /// <summary>Parses a list of addresses, separated by semicolons.</summary>
    /// <param name="text">For example <c>http://127.0.0.1:5080;http://unix:/run/paydown.sock</c>.</param>
    /// <param name="urls">The addresses.</param>
    /// <param name="wrong">The element that is not valid.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out IReadOnlyList<string>? urls,
        [NotNullWhen(false)] out string? wrong
    )
    {
        string[] all = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        wrong = all.Length == 0 ? text : Array.Find(all, url => Find(url) is null);
        urls = all;
        return wrong is null;
    }

    /// <summary>Checks that the server can listen on each address.</summary>
    /// <exception cref="OperatingException">It cannot; the message names the address and the reason.</exception>
    public static void Check(IReadOnlyList<string> urls)
    {
        if (urls.GroupBy(url => url).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new OperatingException($"{twice.Key} is named twice. Metrics need an address other than the API.");
        foreach (var url in urls)
            Try(url, Find(url)!);
    }

    /// <summary>The message for an address that is taken.</summary>
    public static string InUse(string url) =>
        $"{url} is in use. Stop the program that listens there, or choose another address with --urls.";

    private static BindingAddress? Find(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http", Port: >= 0 and <= IPEndPoint.MaxPort } address
                ? address
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
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
