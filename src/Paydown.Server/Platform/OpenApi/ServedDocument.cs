using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>A document in every served encoding, compressed once.</summary>
internal sealed class ServedDocument
{
    private readonly byte[] plain;
    private readonly byte[] brotli;
    private readonly byte[] gzip;

    public ServedDocument(byte[] document)
    {
        plain = document;
        brotli = Compress(document, output => new BrotliStream(output, CompressionLevel.SmallestSize));
        gzip = Compress(document, output => new GZipStream(output, CompressionLevel.SmallestSize));
        // Weak, because all encodings share the tag.
        Tag = new EntityTagHeaderValue(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(document))[..16]}\"",
            isWeak: true
        );
    }

    /// <summary>The entity tag, which changes with the document.</summary>
    public EntityTagHeaderValue Tag { get; }

    /// <summary>
    /// Returns the smallest encoding that the client accepts; its name is null for the plain document.
    /// </summary>
    public (string? Encoding, byte[] Content) For(IList<StringWithQualityHeaderValue> accepted) =>
        Accepts(accepted, "br") ? ("br", brotli)
        : Accepts(accepted, "gzip") ? ("gzip", gzip)
        : (null, plain);

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.FirstOrDefault(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) is { } named
            ? named.Quality is not 0
            : accepted.Any(one => one.Value == "*" && one.Quality is not 0);

    private static byte[] Compress(byte[] document, Func<Stream, Stream> compressor)
    {
        using var output = new MemoryStream();
        using (var stream = compressor(output))
            stream.Write(document);
        return output.ToArray();
    }
}
