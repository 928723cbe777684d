using System.Net.Sockets;
using System.Text.Json;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Commands;

/// <summary>Asks a server on this machine for its readiness.</summary>
internal static class HealthCheck
{
    // The server gives its database two seconds.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(4);

    /// <summary>Asks the server.</summary>
    /// <param name="url">The first address that it listens on.</param>
    /// <param name="json">True to write the result as JSON.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="cancellation">Stops the check.</param>
    /// <returns>0 if it is ready, otherwise 1.</returns>
    /// <exception cref="OperatingException">It does not respond.</exception>
    public static async Task<int> RunAsync(string url, bool json, TextWriter output, CancellationToken cancellation)
    {
        var address = BindingAddress.Parse(url);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        if (address.IsUnixPipe)
            handler.ConnectCallback = (_, stop) => ConnectAsync(address.UnixPipePath, stop);
        using var http = new HttpClient(handler) { Timeout = AnswerMax };
        var asked = address.IsUnixPipe ? "http://localhost" : Welcome.Reachable(url);
        try
        {
            using var response = await http.GetAsync(new Uri($"{asked}/health/ready"), cancellation);
            var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation)).RootElement;
            var isReady = response.IsSuccessStatusCode;
            var reason = isReady ? null : body.GetProperty("message").GetString();
            var text =
                json
                    ? JsonSerializer.Serialize(
                        new
                        {
                            Url = url,
                            IsReady = isReady,
                            Reason = reason,
                        },
                        Wire.Options
                    )
                : isReady ? $"{url} is ready."
                : $"{url} is not ready: {reason}";
            await output.WriteLineAsync(text.AsMemory(), cancellation);
            return isReady ? 0 : ExitCode.Failed;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new OperatingException($"No Paydown responds at {url}: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new OperatingException($"{url} does not respond within {AnswerMax.TotalSeconds} s.", exception);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
