using System.Globalization;
using System.Text;
using QRCoder;

namespace Paydown.Pages.Parts;

/// <summary>Draws QR codes as paths of SVG.</summary>
public static class QrCode
{
    /// <summary>
    /// Returns the side of the drawing, with the quiet zone that readers need, and the path of its dark modules.
    /// </summary>
    public static (int Side, string Path) Draw(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        return (rows.Count, path.ToString());
    }
}
