using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using QRCoder;

namespace Paydown.Pages.Parts;

/// <summary>Draws QR codes as paths of SVG.</summary>
public static class QrCode
{
    /// <summary>The limit of drawings that are kept. A drawing has about 10 KB.</summary>
    public const int KeptMax = 256;

    // To draw a code takes longer than the page around it, and borrowers open that page more than once.
    private static readonly ConcurrentDictionary<string, (int Side, string Path)> Kept = new(StringComparer.Ordinal);

    /// <summary>How many drawings are kept.</summary>
    public static int KeptCount => Kept.Count;

    /// <summary>
    /// Returns the side of the drawing, with the quiet zone that readers need, and the path of its dark modules. It is
    /// kept for the next time.
    /// </summary>
    public static (int Side, string Path) Draw(string text)
    {
        if (Kept.TryGetValue(text, out var kept))
            return kept;
        var drawn = DrawAnew(text);
        // Without an order of use, all are forgotten at once: they are soon drawn again.
        if (Kept.Count >= KeptMax)
            Kept.Clear();
        Kept[text] = drawn;
        return drawn;
    }

    private static (int Side, string Path) DrawAnew(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x])
                    continue;
                var from = x;
                while (x + 1 < rows.Count && rows[y][x + 1])
                    x++;
                var length = x + 1 - from;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{length}v1h-{length}z");
            }
        }

        return (rows.Count, path.ToString());
    }
}
