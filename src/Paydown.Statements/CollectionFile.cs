using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Statements.Csv;
using Paydown.Statements.Reading;

namespace Paydown.Statements;

/// <summary>
/// Reads the file of a collector: a CSV file whose lines say which loan was paid, when and how much. It is read by the
/// same rules as the CSV file of a bank: neither days nor decimal marks are guessed.
/// </summary>
public static class CollectionFile
{
    private const int HeadBytes = 1024;

    private static readonly CollectionProfile Usual = new() { Name = "usual column names" };

    /// <summary>Reads the lines of a file, in its order.</summary>
    /// <param name="stream">The file. It must be able to seek, because its encoding is found before it is read.</param>
    /// <param name="profile">How to read it; null to find the columns by their usual names.</param>
    /// <param name="currency">The currency of the loans.</param>
    /// <param name="linesMax">A file with more lines is refused.</param>
    /// <exception cref="StatementFaultException">The file cannot be read; nothing of it may be used.</exception>
    public static IReadOnlyList<CollectionLine> Read(
        Stream stream,
        CollectionProfile? profile,
        Currency currency,
        int linesMax
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        profile ??= Usual;
        var reading = new StatementReading { Currency = currency, Profile = profile.AsCsv };
        try
        {
            var head = new byte[HeadBytes];
            stream.Position = 0;
            var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            FileKind.RefuseOthers(head.AsSpan(0, length));
            var encoding = FileText.EncodingOf(stream, reading);
            return new CollectionReader(stream, encoding, reading, CsvNames.Of(profile.Columns)).Lines(linesMax);
        }
        catch (DecoderFallbackException)
        {
            throw new StatementFaultException("A byte of the file is not valid in the encoding of the file.");
        }
    }
}
