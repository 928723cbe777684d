using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A plain TCP proxy on 127.0.0.1, before a database or before servers. It can cut every connection, or stop forwarding
/// without closing any, like a broken network.
/// </summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> sockets = new();
    private readonly Func<IReadOnlyList<EndPoint>> upstreams;
    private volatile TaskCompletionSource flowing = new();
    private volatile bool isCut;

    /// <param name="upstreams">Returns the upstreams for a connection; the first that accepts it is used.</param>
    public TcpProxy(Func<IReadOnlyList<EndPoint>> upstreams)
    {
        this.upstreams = upstreams;
        flowing.SetResult();
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cuts all connections, and every new one at once.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var socket in sockets.Keys)
            Close(socket);
    }

    /// <summary>Stops forwarding without closing any connection.</summary>
    public void Stall() => flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Forwards again.</summary>
    public void Resume()
    {
        isCut = false;
        flowing.TrySetResult();
    }

    public void Dispose()
    {
        listener.Dispose();
        Cut();
        flowing.TrySetResult();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ConnectAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception closed)
            when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ConnectAsync(Socket near)
    {
        sockets[near] = 0;
        await flowing.Task;
        foreach (var upstream in isCut ? [] : upstreams())
        {
            var isUnix = upstream is UnixDomainSocketEndPoint;
            var far = new Socket(
                upstream.AddressFamily,
                SocketType.Stream,
                isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp
            );
            try
            {
                await far.ConnectAsync(upstream);
            }
            catch (SocketException)
            {
                far.Dispose();
                continue;
            }

            sockets[far] = 0;
            await Task.WhenAll(PumpAsync(near, far), PumpAsync(far, near));
            return;
        }

        Close(near);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await flowing.Task;
                for (var sent = 0; sent < count; )
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The other end is closed below.
        }

        Close(from);
        Close(to);
    }

    private void Close(Socket socket)
    {
        sockets.TryRemove(socket, out _);
        socket.Dispose();
    }
}
