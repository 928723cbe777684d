using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// A file that is the body of a request. It is received into a temporary file before anything else happens, so a slow
/// upload holds no connection to the database, and a request that is repeated after a lost connection reads it again.
/// </summary>
public sealed class UploadedFile : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    // Up to this multiple of the maximum, the rest is read and dropped: closing the connection while the caller still
    // writes would lose the refusal.
    private const int DroppedFactor = 2;

    private readonly FileStream stream;

    private UploadedFile(FileStream stream, byte[] hash) => (this.stream, Hash) = (stream, hash);

    /// <summary>SHA-256 of the content.</summary>
    public byte[] Hash { get; }

    /// <summary>Returns the content from its beginning. One reader at a time.</summary>
    public Stream Open()
    {
        stream.Position = 0;
        return stream;
    }

    /// <summary>Receives the body of a request; null if it is larger than the maximum.</summary>
    internal static async Task<UploadedFile?> ReceiveAsync(HttpContext http, int bytesMax)
    {
        // Counted below, so that the refusal is the contract's.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var path = Path.Combine(Path.GetTempPath(), $"paydown-{Path.GetRandomFileName()}");
        var received = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            BufferBytes,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        try
        {
            if (await CopyAsync(http, received, bytesMax) is { } hash)
                return new UploadedFile(received, hash);
            await received.DisposeAsync();
            return null;
        }
        catch
        {
            await received.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static async Task<byte[]?> CopyAsync(HttpContext http, FileStream received, int bytesMax)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var total = 0L;
        int count;
        while ((count = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            total += count;
            if (total > DroppedFactor * (long)bytesMax)
                return null;
            if (total > bytesMax)
                continue;
            hash.AppendData(buffer, 0, count);
            await received.WriteAsync(buffer.AsMemory(0, count), http.RequestAborted);
        }

        return total > bytesMax ? null : hash.GetHashAndReset();
    }
}
