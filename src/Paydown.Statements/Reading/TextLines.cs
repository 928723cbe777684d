using System.Text;

namespace Paydown.Statements.Reading;

/// <summary>The lines of a text, whether they end with CR, LF or both. A line has a bounded length.</summary>
internal sealed class TextLines(Stream stream, Encoding encoding)
{
    private const int LengthMax = 64 * 1024;

    private readonly Decoder decoder = encoding.GetDecoder();
    private readonly byte[] bytes = new byte[32 * 1024];
    private readonly char[] block = new char[encoding.GetMaxCharCount(32 * 1024)];
    private int at;
    private int end;
    private bool isAfterReturn;

    /// <summary>The number of the line that was returned last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line without its end; null at the end of the text.</summary>
    public string? Next()
    {
        string? start = null;
        while (true)
        {
            if (at == end && !Fill())
            {
                if (start is not null)
                    Number++;
                return start;
            }

            if (isAfterReturn && block[at] == '\n')
                at++;
            isAfterReturn = false;
            var rest = new ReadOnlySpan<char>(block, at, end - at);
            var length = rest.IndexOfAny('\r', '\n');
            var part = length < 0 ? rest : rest[..length];
            if ((start?.Length ?? 0) + part.Length > LengthMax)
                throw new StatementFaultException($"The line is longer than {LengthMax} characters.", Number + 1);
            at += part.Length;
            var line = start is null ? part.ToString() : string.Concat(start, part);
            if (length < 0)
            {
                start = line.Length == 0 ? start : line;
                continue;
            }

            isAfterReturn = block[at] == '\r';
            at++;
            Number++;
            return line;
        }
    }

    private bool Fill()
    {
        var isFirst = stream.Position == 0;
        do
        {
            var read = stream.Read(bytes, 0, bytes.Length);
            (at, end) = (0, decoder.GetChars(bytes, 0, read, block, 0, flush: read == 0));
            if (read == 0)
                return end > 0;
        } while (end == 0);

        // The mark of the encoding is no text.
        if (isFirst && block[0] == '\uFEFF')
            at++;
        return at < end || Fill();
    }
}
