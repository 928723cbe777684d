using System.Text;

namespace Paydown.Statements.Reading;

/// <summary>
/// Finds the encoding of a text file that does not say it: by its mark, else UTF-8 if every byte of the file is valid
/// UTF-8, else a Windows code page. A byte is never replaced by another character.
/// </summary>
internal static class FileText
{
    private const int BlockBytes = 64 * 1024;
    private const int WesternEurope = 1252;
    private const int CentralEurope = 1250;

    // The currencies of countries whose banks write code page 1250.
    private static readonly string[] CentralEuropean = ["PLN", "CZK", "HUF", "RON"];

    static FileText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>An encoding by its name; null if there is none. It refuses bytes that are not valid in it.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Finds the encoding. The stream is at its beginning afterwards.</summary>
    /// <exception cref="StatementFaultException">The file is not in the encoding that its mark names.</exception>
    public static Encoding EncodingOf(Stream stream, StatementReading reading)
    {
        if (reading.Profile?.Encoding is { } given)
            return Find(given) ?? throw new StatementFaultException($"'{given}' is not an encoding.");
        var head = new byte[BlockBytes];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        var start = head.AsSpan(0, length);
        if (start is [0xFF, 0xFE, ..] || HasZeroAt(start, 1))
            return new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
        if (start is [0xFE, 0xFF, ..] || HasZeroAt(start, 0))
            return new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
        var isMarked = start is [0xEF, 0xBB, 0xBF, ..];
        var (sequences, broken, line) = SurveyUtf8(stream);
        stream.Position = 0;
        if (broken == 0)
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
        if (isMarked || sequences > broken)
            throw new StatementFaultException(
                "The file is UTF-8, but this line has a byte that is not; save it in one encoding.",
                line
            );
        return Encoding.GetEncoding(IsCentralEuropean(start, reading) ? CentralEurope : WesternEurope);
    }

    private static bool HasZeroAt(ReadOnlySpan<byte> start, int offset)
    {
        var pairs = Math.Min(start.Length / 2, 64);
        for (var pair = 0; pair < pairs; pair++)
        {
            if (start[(pair * 2) + offset] != 0 || start[(pair * 2) + 1 - offset] == 0)
                return false;
        }

        return pairs > 0;
    }

    private static bool IsCentralEuropean(ReadOnlySpan<byte> start, StatementReading reading)
    {
        if (reading.Currency is { } given)
            return CentralEuropean.Contains(given.Code);
        foreach (var code in CentralEuropean)
        {
            if (start.IndexOf(Encoding.ASCII.GetBytes(code)) >= 0)
                return true;
        }

        return false;
    }

    // How many characters beyond ASCII are valid UTF-8, how many bytes are not, and the line of the first of those.
    private static (long Sequences, long Broken, int Line) SurveyUtf8(Stream stream)
    {
        var block = new byte[BlockBytes];
        long sequences = 0,
            broken = 0;
        int line = 1,
            firstBroken = 0,
            kept = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(block.AsSpan(kept), block.Length - kept, throwOnEndOfStream: false);
            var isLast = read < block.Length - kept;
            var rest = new ReadOnlySpan<byte>(block, 0, kept + read);
            if (Ascii.IsValid(rest))
            {
                line += rest.Count((byte)'\n');
                rest = default;
            }

            while (!rest.IsEmpty && (isLast || rest.Length >= 4))
            {
                if (Rune.DecodeFromUtf8(rest, out var rune, out var bytes) == System.Buffers.OperationStatus.Done)
                {
                    sequences += rune.IsAscii ? 0 : 1;
                    line += rune.Value == '\n' ? 1 : 0;
                }
                else if (broken++ == 0)
                {
                    firstBroken = line;
                }

                rest = rest[bytes..];
            }

            if (isLast)
                return (sequences, broken, firstBroken);
            kept = rest.Length;
            rest.CopyTo(block);
        }
    }
}
