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

    private static IEnumerable<StatementItem> Items(Stream stream, StatementReading reading)
    {
        var head = new byte[HeadBytes];
        stream.Position = 0;
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        FileKind.RefuseOthers(head.AsSpan(0, length));
        if (FileKind.IsXml(head.AsSpan(0, length)))
            return new CamtReader(stream, reading).Items();
        var encoding = FileText.EncodingOf(stream, reading);
        var text = FileKind.Text(head.AsSpan(0, length), encoding);
        if (Mt940Reader.Reads(text))
            return new Mt940Reader(new TextLines(stream, encoding), reading).Items();
        return Bai2Reader.Reads(text)
            ? new Bai2Reader(new TextLines(stream, encoding), reading).Items()
            : new CsvReader(stream, encoding, reading).Items();
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
