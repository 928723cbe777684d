using System.Text;
using System.Xml;
using Paydown.Statements.Bai2;
using Paydown.Statements.Camt;
using Paydown.Statements.Csv;
using Paydown.Statements.Mt940;
using Paydown.Statements.Reading;

namespace Paydown.Statements;

/// <summary>
/// Reads files of bank statements: camt.052, camt.053, camt.054, MT940, BAI2 and CSV. The format is found by the
/// content, never by the name. Entries are returned while the file is read, so a large file takes no more memory than a
/// small one; if a fault comes later, nothing of the file may be used.
/// </summary>
public static class StatementFile
{
    private const int HeadBytes = 16 * 1024;

    // An XML file may name a code page.
    static StatementFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads the statements of a file, in its order.</summary>
    /// <param name="stream">The file. It must be able to seek, because its encoding is found before it is read.</param>
    /// <param name="reading">What the caller knows and the file may lack.</param>
    /// <exception cref="StatementFaultException">
    /// The file cannot be read. Also thrown while the items are enumerated.
    /// </exception>
    public static IEnumerable<StatementItem> Read(Stream stream, StatementReading reading)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(reading);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream cannot seek; copy it to a file first.", nameof(stream));
        return Guarded(() => Items(stream, reading));
    }

    /// <summary>Shows how a CSV file would be read.</summary>
    /// <returns>Null if the file is of another format.</returns>
    /// <exception cref="StatementFaultException">No line has the columns of a statement.</exception>
    public static CsvPreview? PreviewCsv(Stream stream, StatementReading reading)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(reading);
        var (head, encoding) = Head(stream, reading);
        return encoding is null || Mt940Reader.Reads(head) || Bai2Reader.Reads(head)
            ? null
            : CsvPreview.Of(stream, encoding, reading);
    }

    private static IEnumerable<StatementItem> Items(Stream stream, StatementReading reading)
    {
        var (head, encoding) = Head(stream, reading);
        if (encoding is null)
            return new CamtReader(new CamtElements(stream), reading).Items();
        if (Mt940Reader.Reads(head))
            return new Mt940Reader(new TextLines(stream, encoding), reading).Items();
        return Bai2Reader.Reads(head)
            ? new Bai2Reader(new TextLines(stream, encoding), reading).Items()
            : new CsvReader(stream, encoding, reading).Items();
    }

    // The beginning of a text and its encoding, which an XML file states itself.
    private static (string Head, Encoding? Encoding) Head(Stream stream, StatementReading reading)
    {
        var head = new byte[HeadBytes];
        stream.Position = 0;
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        FileKind.RefuseOthers(head.AsSpan(0, length));
        if (FileKind.IsXml(head.AsSpan(0, length)))
            return ("", null);
        var encoding = FileText.EncodingOf(stream, reading);
        return (FileKind.Text(head.AsSpan(0, length), encoding), encoding);
    }

    // Whatever a file is made of, the caller sees one kind of exception.
    private static IEnumerable<StatementItem> Guarded(Func<IEnumerable<StatementItem>> open)
    {
        IEnumerator<StatementItem>? items = null;
        while (true)
        {
            try
            {
                items ??= open().GetEnumerator();
                if (!items.MoveNext())
                    yield break;
            }
            catch (XmlException exception)
            {
                throw CamtFaults.Of(exception);
            }
            catch (DecoderFallbackException)
            {
                throw new StatementFaultException("A byte of the file is not valid in the encoding of the file.");
            }
            catch (OverflowException)
            {
                throw new StatementFaultException("The sum of the entries is too large.");
            }

            yield return items.Current;
        }
    }
}
