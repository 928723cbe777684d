using System.Security.Cryptography;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;
using Tag = PdfSharp.UniversalAccessibility.PdfBlockLevelElementTag;

namespace Paydown.Server.Platform.Pdf;

/// <summary>The size of a sheet, in millimeters.</summary>
public sealed record PaperSize(int Width, int Height, int Margin)
{
    public static PaperSize A4 { get; } = new(210, 297, 18);

    public static PaperSize A5 { get; } = new(148, 210, 14);
}

/// <summary>A column of a table on paper.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Weight">Its share of the width.</param>
/// <param name="IsAmount">True if it is aligned to the right.</param>
public sealed record PaperColumn(string Title, int Weight, bool IsAmount = true);

/// <summary>
/// A document to print: headings, paragraphs and tables from top to bottom, over as many pages as they need. It is a
/// tagged PDF, so screen readers follow its structure. The same content gives the same bytes.
/// </summary>
public sealed class Paper : IDisposable
{
    private const double TextSize = 9;
    private const double LinePoints = 13;
    private const double CellGap = 6;
    private const double FooterPoints = 24;

    private readonly XFont text = PaperFonts.Of(TextSize);
    private readonly XFont bold = PaperFonts.Of(TextSize, isBold: true);
    private readonly PdfDocument document = new();
    private readonly StructureBuilder structure;
    private readonly IncrementalHash content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly PaperSize size;
    private readonly string title;
    private readonly double margin;
    private XGraphics canvas;
    private double y;
    private int pageCount;

    /// <summary>Begins a document.</summary>
    /// <param name="size">The size of its pages.</param>
    /// <param name="title">Its title, which is also its first heading.</param>
    /// <param name="author">The lender.</param>
    /// <param name="writtenAt">The instant that the document states as that of its creation.</param>
    public Paper(PaperSize size, string title, string author, DateTimeOffset writtenAt)
    {
        (this.size, this.title) = (size, title);
        margin = XUnit.FromMillimeter(size.Margin).Point;
        document.Info.Title = title;
        document.Info.Author = author;
        document.Info.CreationDate = document.Info.ModificationDate = writtenAt.UtcDateTime;
        document.Language = "en";
        structure = UAManager.ForDocument(document).StructureBuilder;
        canvas = AddPage();
        Paragraph(author, bold, Tag.Paragraph);
        Paragraph(title, PaperFonts.Of(TextSize * 2, isBold: true), Tag.Heading1);
        y += LinePoints / 2;
    }

    /// <summary>Adds a heading within the document.</summary>
    public void Heading(string heading)
    {
        y += LinePoints / 2;
        // Not alone at the end of a page.
        Reserve(4 * LinePoints);
        Paragraph(heading, PaperFonts.Of(TextSize * 1.25, isBold: true), Tag.Heading2);
    }

    /// <summary>Adds a paragraph.</summary>
    public void Paragraph(string paragraph) => Paragraph(paragraph, text, Tag.Paragraph);

    /// <summary>Adds labels with their values; a null value leaves its label out.</summary>
    public void Facts(params IReadOnlyList<(string Label, string? Value)> facts)
    {
        double[] widths = [Width * 2 / 5, Width * 3 / 5];
        structure.BeginElement(Tag.Table);
        foreach (var (label, value) in facts)
        {
            if (value is null)
                continue;
            var cells = Wrapped([label, value], [bold, text], widths);
            if (!HasRoomFor(cells))
                NewPageInTable();
            Row(cells, [bold, text], [false, false], widths, Tag.TableHeaderCell, Tag.TableDataCell);
        }

        structure.End();
        y += LinePoints / 2;
    }

    /// <summary>Adds a table. Its headings are repeated on each page.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public void Table(IReadOnlyList<PaperColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        double weights = columns.Sum(column => column.Weight);
        double[] widths = [.. columns.Select(column => Width * column.Weight / weights)];
        bool[] isRight = [.. columns.Select(column => column.IsAmount)];
        XFont[] heads = [.. columns.Select(_ => bold)];
        var font = FontFor(columns, rows, widths);
        XFont[] fonts = [.. columns.Select(_ => font)];
        var titles = Wrapped([.. columns.Select(column => column.Title)], heads, widths);
        structure.BeginElement(Tag.Table);
        Head();
        foreach (var row in rows)
        {
            var cells = Wrapped(row, fonts, widths);
            if (!HasRoomFor(cells))
            {
                NewPageInTable();
                Head();
            }

            Row(cells, fonts, isRight, widths, Tag.TableDataCell);
        }

        structure.End();
        y += LinePoints / 2;

        void Head()
        {
            Row(titles, heads, isRight, widths, Tag.TableHeaderCell);
            Line(y + 4);
        }
    }

    /// <summary>Ends the document.</summary>
    /// <returns>Its bytes.</returns>
    public byte[] ToBytes()
    {
        EndPage();
        var digest = Convert.ToHexStringLower(content.GetHashAndReset());
        document.Internals.FirstDocumentID = document.Internals.SecondDocumentID = digest[..16];
        using var stream = new MemoryStream();
        document.Save(stream, closeStream: false);
        return WithFixedNames(stream.ToArray(), digest);
    }

    public void Dispose()
    {
        canvas.Dispose();
        document.Dispose();
        content.Dispose();
    }

    private double Width => XUnit.FromMillimeter(size.Width).Point - 2 * margin;

    private double Bottom => XUnit.FromMillimeter(size.Height).Point - margin - FooterPoints;

    private XGraphics AddPage()
    {
        var page = document.AddPage();
        page.Width = XUnit.FromMillimeter(size.Width);
        page.Height = XUnit.FromMillimeter(size.Height);
        pageCount++;
        y = margin;
        return XGraphics.FromPdfPage(page);
    }

    private void EndPage()
    {
        structure.BeginArtifact();
        canvas.DrawString(
            $"{title} · page {pageCount}",
            PaperFonts.Of(TextSize - 2),
            XBrushes.Gray,
            margin,
            Bottom + FooterPoints
        );
        structure.End();
        canvas.Dispose();
    }

    private void Reserve(double points)
    {
        if (y + points <= Bottom)
            return;
        EndPage();
        canvas = AddPage();
    }

    private bool HasRoomFor(string[][] cells) => y + cells.Max(lines => lines.Length) * LinePoints <= Bottom;

    // An element must not go on from one page to the next: its content is numbered by page.
    private void NewPageInTable()
    {
        structure.End();
        Reserve(double.MaxValue);
        structure.BeginElement(Tag.Table);
    }

    private void Paragraph(string paragraph, XFont font, Tag tag)
    {
        foreach (var line in Lines(paragraph, font, Width))
        {
            var height = LinePoints * font.Size / TextSize;
            Reserve(height);
            y += height;
            structure.BeginElement(tag);
            Draw(line, font, margin);
            structure.End();
        }
    }

    private void Row(string[][] cells, XFont[] fonts, bool[] isRight, double[] widths, params ReadOnlySpan<Tag> tags)
    {
        var (top, left) = (y, margin);
        structure.BeginElement(Tag.TableRow);
        for (var i = 0; i < cells.Length; i++)
        {
            structure.BeginElement(tags[Math.Min(i, tags.Length - 1)]);
            y = top;
            foreach (var line in cells[i])
            {
                y += LinePoints;
                var indent = isRight[i] ? widths[i] - CellGap - canvas.MeasureString(line, fonts[i]).Width : 0;
                Draw(line, fonts[i], left + indent);
            }

            structure.End();
            left += widths[i];
        }

        structure.End();
        y = top + cells.Max(lines => lines.Length) * LinePoints;
    }

    private void Draw(string line, XFont font, double x)
    {
        content.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        if (line.Length > 0)
            canvas.DrawString(line, font, XBrushes.Black, x, y);
    }

    private void Line(double at)
    {
        structure.BeginArtifact();
        canvas.DrawLine(XPens.Gray, margin, at, margin + Width, at);
        structure.End();
        y = at;
    }

    // An amount must not be broken, so a table with large ones is smaller.
    private XFont FontFor(
        IReadOnlyList<PaperColumn> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        double[] widths
    )
    {
        var font = text;
        for (var i = 0; i < columns.Count; i++)
        {
            // The digits are equally wide, so the longest amount is the widest.
            var longest = columns[i].IsAmount ? rows.Select(row => row[i]).MaxBy(cell => cell.Length) : null;
            while (
                longest is not null && font.Size > 4 && canvas.MeasureString(longest, font).Width > widths[i] - CellGap
            )
                font = PaperFonts.Of(font.Size - 0.5);
        }

        return font;
    }

    private string[][] Wrapped(IReadOnlyList<string> cells, XFont[] fonts, double[] widths) =>
        [.. cells.Select((cell, i) => Lines(cell, fonts[i], widths[i] - CellGap))];

    // Breaks between words, and a word only if it is wider than the line.
    private string[] Lines(string whole, XFont font, double width)
    {
        var lines = new List<string>();
        var line = "";
        var clean = string.Concat(whole.Select(c => char.IsControl(c) ? ' ' : c));
        foreach (var word in clean.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (line.Length > 0 && Fits($"{line} {rest}"))
            {
                line = $"{line} {rest}";
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            while (!Fits(rest))
            {
                var fitting = FittingOf(rest);
                lines.Add(rest[..fitting]);
                rest = rest[fitting..];
            }

            line = rest;
        }

        lines.Add(line);
        return [.. lines];

        bool Fits(string part) => canvas.MeasureString(part, font).Width <= width;

        int FittingOf(string word)
        {
            var length = word.Length - 1;
            while (length > 1 && !Fits(word[..length]))
                length--;
            // Not between the halves of a character.
            return length > 1 && char.IsHighSurrogate(word[length - 1]) ? length - 1 : Math.Max(length, 1);
        }
    }

    // PDFsharp names the subset of a font and the document by chance. The names have a fixed length, so the offsets of
    // the file stay right.
    private static byte[] WithFixedNames(byte[] pdf, string digest)
    {
        const int subsetLength = 6;
        var subsets = new Dictionary<string, byte[]>();
        foreach (var at in PlacesOf("+Noto"u8.ToArray(), pdf))
        {
            var name = pdf.AsSpan(at - subsetLength, subsetLength);
            var known = Encoding.Latin1.GetString(name);
            if (!subsets.TryGetValue(known, out var fixedName))
                subsets.Add(known, fixedName = [.. "PAYDO"u8, (byte)('A' + subsets.Count)]);
            fixedName.CopyTo(name);
        }

        var id = Encoding.Latin1.GetBytes(
            $"{digest[..8]}-{digest[8..12]}-{digest[12..16]}-{digest[16..20]}-{digest[20..32]}"
        );
        foreach (var at in PlacesOf("uuid:"u8.ToArray(), pdf))
            id.CopyTo(pdf.AsSpan(at + "uuid:".Length));
        return pdf;
    }

    private static IEnumerable<int> PlacesOf(byte[] sought, byte[] pdf)
    {
        for (var at = 0; pdf.AsSpan(at).IndexOf(sought) is >= 0 and var next; at += sought.Length)
        {
            at += next;
            yield return at;
        }
    }
}
