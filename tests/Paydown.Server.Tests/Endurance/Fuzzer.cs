using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Paydown.Server.Tests.Endurance;

/// <summary>Sends requests byte by byte, and reports what is wrong with the responses.</summary>
internal sealed class Fuzzer(Uri address, JsonObject document)
{
    /// <summary>The time after which a response counts as missing.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    // The statuses that Kestrel sends for a request that it cannot read. They have no body and so no envelope.
    private static readonly int[] UnreadableStatuses = [400, 411, 413, 414, 431];

    private readonly DocumentSchemas schemas = new(document);

    /// <summary>Sends a request and returns what is wrong with the response; null if nothing is.</summary>
    public async Task<(int Status, TimeSpan Took, string? Breach)> TryAsync(FuzzRequest request)
    {
        var began = Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(AnswerMax);
        try
        {
            var (status, headers, body) = await SendAsync(request, limit.Token);
            return (status, Stopwatch.GetElapsedTime(began), BreachOf(request, status, headers, body));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or FormatException)
        {
            return (0, Stopwatch.GetElapsedTime(began), $"no response: {e.GetType().Name} {e.Message}");
        }
    }

    private async Task<(int Status, string Headers, string Body)> SendAsync(
        FuzzRequest request,
        CancellationToken cancellation
    )
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, address.Port, cancellation);
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        var reading = stream.CopyToAsync(answer, cancellation);
        try
        {
            await stream.WriteAsync(BytesOf(request), cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The request was refused while it was being sent. The response says why.
        }

        try
        {
            await reading;
        }
        catch (IOException) when (answer.Length > 0)
        {
            // The server reset the connection after a complete response, because it did not read the whole request.
        }

        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static byte[] BytesOf(FuzzRequest request)
    {
        var head = new StringBuilder().Append($"{request.Method} {request.Path} HTTP/1.1\r\nHost: fuzz\r\n");
        foreach (var (name, value) in request.Headers)
            head.Append($"{name}: {value}\r\n");
        if (request.ContentType is not null)
            head.Append($"Content-Type: {request.ContentType}\r\n");
        if (request.IsChunked)
            head.Append("Transfer-Encoding: chunked\r\n");
        else if (request.Body is not null)
            head.Append($"Content-Length: {request.Body.Length}\r\n");
        head.Append("Connection: close\r\n\r\n");
        var body = request.Body ?? [];
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. request.IsChunked ? Chunked(body) : body];
    }

    private static byte[] Chunked(byte[] body)
    {
        var chunks = new MemoryStream();
        for (var at = 0; at < body.Length; at += 1_000)
        {
            var chunk = body.AsSpan(at, Math.Min(1_000, body.Length - at));
            chunks.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            chunks.Write(chunk);
            chunks.Write("\r\n"u8);
        }

        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }

    private static (int Status, string Headers, string Body) Parse(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            throw new FormatException($"no HTTP: '{answer}'");
        var (head, body) = (answer[..end], answer[(end + 4)..]);
        if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
            body = Joined(body);
        return (int.Parse(head.AsSpan(9, 3)), head, body);
    }

    // Joins the chunks of a body. Their lengths count bytes, not characters.
    private static string Joined(string body)
    {
        var (bytes, at, joined) = (Encoding.UTF8.GetBytes(body), 0, new MemoryStream());
        while (true)
        {
            var line = Array.IndexOf(bytes, (byte)'\n', at);
            var length = Convert.ToInt32(Encoding.ASCII.GetString(bytes, at, line - at).Trim(), 16);
            if (length == 0)
                return Encoding.UTF8.GetString(joined.ToArray());
            joined.Write(bytes, line + 1, length);
            at = line + 1 + length + 2;
        }
    }

    private string? BreachOf(FuzzRequest request, int status, string headers, string body)
    {
        if (status >= 500 && status != 503)
            return $"{status} {body}";
        if (request.Method == "HEAD")
            return body.Length == 0 ? null : "a response to HEAD has a body";
        if (request.Method == "OPTIONS" && status == 204)
            return headers.Contains("Allow: ", StringComparison.Ordinal) ? null : "OPTIONS names no method";
        if (body.Length == 0 && UnreadableStatuses.Contains(status))
            return null;
        if (IsFile(request, status))
            return headers.Contains("Content-Disposition: attachment", StringComparison.OrdinalIgnoreCase)
                ? null
                : $"the file is not an attachment: {headers}";
        if (!headers.Contains("Content-Type: application/json", StringComparison.OrdinalIgnoreCase))
            return IsPage(request, status) ? null : $"{status} is not application/json: {headers}";
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return $"{status} is not JSON: {body}";
        }

        return Against(request, status, json) is [var first, ..] ? $"{status} {body}: {first}" : null;
    }

    // Other paths and methods get the envelope of a failure.
    private IReadOnlyList<string> Against(FuzzRequest request, int status, JsonNode? json)
    {
        if (request.Template is { } template && WireContract.Find(document, request.Method, template) is { } operation)
            return schemas.BreachesOfAnswer(operation, status, json);
        return status < 400 ? [] : schemas.Breaches(document["components"]!["schemas"]!["Failure"]!, json);
    }

    private bool IsFile(FuzzRequest request, int status) =>
        request.Template is { } template
        && WireContract.Find(document, request.Method, template) is { } operation
        && WireContract.IsFile(operation["responses"]![$"{status}"]);

    // The page of the documentation, which a shortened path may reach.
    private static bool IsPage(FuzzRequest request, int status) =>
        status is 200 or 301 or 302 or 304 or 307 && request.Template is null;
}
