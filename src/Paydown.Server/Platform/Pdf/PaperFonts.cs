using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace Paydown.Server.Platform.Pdf;

/// <summary>
/// The one typeface of all documents: Noto Sans, regular and bold, from this assembly. The machine's fonts are not
/// used, so a document looks the same everywhere.
/// </summary>
internal sealed class PaperFonts : IFontResolver
{
    private const string Family = "Noto Sans";
    private const string Regular = "NotoSans-Regular.ttf";
    private const string Bold = "NotoSans-Bold.ttf";

    // PDFsharp has one resolver per process.
    static PaperFonts() => GlobalFontSettings.FontResolver = new PaperFonts();

    private PaperFonts() { }

    /// <summary>The font of a size, in points.</summary>
    public static XFont Of(double size, bool isBold = false) =>
        new(Family, size, isBold ? XFontStyleEx.Bold : XFontStyleEx.Regular, XPdfFontOptions.UnicodeDefault);

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        new(isBold ? Bold : Regular);

    public byte[] GetFont(string faceName)
    {
        using var stream = typeof(PaperFonts).Assembly.GetManifestResourceStream(
            $"Paydown.Server.Platform.Pdf.Fonts.{faceName}"
        )!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
