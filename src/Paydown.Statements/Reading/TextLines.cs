using System.Text;

namespace Paydown.Statements.Reading;

/// <summary>The lines of a text, whether they end with CR, LF or both. A line has a bounded length.</summary>
internal sealed class TextLines(Stream stream, Encoding encoding)
{
    private const int LengthMax = 64 * 1024;

    private readonly StreamReader reader = new(stream, encoding, true, 64 * 1024, leaveOpen: true);
    private readonly char[] block = new char[32 * 1024];
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
        (at, end) = (0, reader.Read(block, 0, block.Length));
        return end > 0;
    }
}
