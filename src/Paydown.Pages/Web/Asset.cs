using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Paydown.Pages.Web;

/// <summary>A file of the pages. Its name has a hash of its content, so browsers never ask for it again.</summary>
public sealed class Asset
{
    private readonly byte[] content;
    private readonly byte[] compressed;
    private readonly string type;

    private Asset(string name, string type)
    {
        using var resource = typeof(Asset).Assembly.GetManifestResourceStream($"Paydown.Pages.Assets.{name}")!;
        content = new byte[resource.Length];
        resource.ReadExactly(content);
        compressed = Compress(content);
        this.type = type;
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
        Path = $"/assets/{hash}/{name}";
    }

    /// <summary>The style sheet.</summary>
    public static Asset Style { get; } = new("paydown.css", "text/css; charset=utf-8");

    /// <summary>The script. Every page works without it.</summary>
    public static Asset Script { get; } = new("paydown.js", "text/javascript; charset=utf-8");

    /// <summary>The picture of the browser's tab.</summary>
    public static Asset Icon { get; } = new("icon.svg", "image/svg+xml");

    /// <summary>All files.</summary>
    public static IReadOnlyList<Asset> All { get; } = [Style, Script, Icon];

    /// <summary>The address.</summary>
    public string Path { get; }

    /// <summary>The size in bytes, uncompressed.</summary>
    public int Length => content.Length;

    internal async Task SendAsync(HttpContext http)
    {
        var response = http.Response;
        response.ContentType = type;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        var isCompressed = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (isCompressed)
            response.Headers.ContentEncoding = "br";
        var body = isCompressed ? compressed : content;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private static byte[] Compress(byte[] content)
    {
        var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.SmallestSize))
            brotli.Write(content);
        return buffer.ToArray();
    }
}
