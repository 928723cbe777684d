using System.Text;
using Paydown.Statements.Reading;

namespace Paydown.Statements;

/// <summary>
/// Recognizes files by their first bytes, also those that are no statements but are often sent as such.
/// </summary>
internal static class FileKind
{
    private const string Better =
        "Download the statement as camt.053, MT940, BAI2 or CSV instead, or save it as CSV in a spreadsheet program.";

    private static readonly (byte[] Start, string Kind)[] Binary =
    [
        ("%PDF"u8.ToArray(), "a PDF"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP file (an Excel workbook, .xlsx, is one)"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook (.xls)"),
        ([0x1F, 0x8B], "a compressed file (gzip)"),
        ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG)"),
        ([0xFF, 0xD8, 0xFF], "a picture (JPEG)"),
        ("{\\rtf"u8.ToArray(), "a text document (RTF)"),
        ("OFXHEADER"u8.ToArray(), "an OFX file"),
        ("!Type:"u8.ToArray(), "a QIF file"),
    ];

    private static readonly string[] HtmlStarts =
    [
        "<html",
        "<!doctype html",
        "<table",
        "<head",
        "<body",
        "<div",
        "<style",
        "<meta",
        "<script",
    ];

    /// <summary>Refuses a file that is empty or of a kind that is not read, with what to do about it.</summary>
    public static void RefuseOthers(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            throw new StatementFaultException("The file is empty; download it again.");
        foreach (var (start, kind) in Binary)
        {
            if (head.StartsWith(start))
                throw new StatementFaultException($"The file is {kind}, whatever its name says. {Better}");
        }

        var text = Start(head);
        if (text.Length == 0 && head.Length < 1024)
            throw new StatementFaultException("The file is empty; download it again.");
        if (HtmlStarts.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            throw new StatementFaultException(
                $"The file is a web page (HTML), whatever its name says; some banks call it .xls. {Better}"
            );
        if (text.StartsWith("<OFX", StringComparison.OrdinalIgnoreCase))
            throw new StatementFaultException($"The file is an OFX file. {Better}");
    }

    /// <summary>True if the file begins like XML.</summary>
    public static bool IsXml(ReadOnlySpan<byte> head) => Start(head).StartsWith('<');

    /// <summary>The beginning of a text file.</summary>
    public static string Text(ReadOnlySpan<byte> head, Encoding encoding)
    {
        // The last character may be cut.
        var lenient = Encoding.GetEncoding(
            encoding.CodePage,
            EncoderFallback.ReplacementFallback,
            DecoderFallback.ReplacementFallback
        );
        return lenient.GetString(head).TrimStart('\uFEFF');
    }

    // Letters beyond ASCII do not matter here.
    private static string Start(ReadOnlySpan<byte> head)
    {
        var start = head[..Math.Min(head.Length, 1024)];
        var text =
            start is [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] ? Encoding.Unicode.GetString(start)
            : start is [0xFE, 0xFF, ..] or [0, (byte)'<', ..] ? Encoding.BigEndianUnicode.GetString(start)
            : Encoding.Latin1.GetString(start is [0xEF, 0xBB, 0xBF, ..] ? start[3..] : start);
        return text.TrimStart('\uFEFF').Trim();
    }
}
