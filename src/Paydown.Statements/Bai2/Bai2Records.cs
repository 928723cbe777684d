using Paydown.Statements.Reading;

namespace Paydown.Statements.Bai2;

/// <summary>A record of BAI2 with the records that continue it (88).</summary>
/// <param name="Fields">The fields; the first is the record's code.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="Number">The number of its first physical record in the file, counted from 1.</param>
internal sealed record Bai2Record(IReadOnlyList<string> Fields, int Line, int Number)
{
    public string Code => Fields[0];

    /// <summary>A field; empty if the record ends before it.</summary>
    public string Field(int at) => at < Fields.Count ? Fields[at].TrimStart(Bai2Records.Continued) : "";

    /// <summary>The text that begins at a field. It may have commas; a continued text goes on after a space.</summary>
    public string? TextFrom(int at)
    {
        var text = Clean.Text(string.Join(',', Fields.Skip(at)));
        return Clean.Text(text?.Replace($",{Bai2Records.Continued}", " ").Replace($"{Bai2Records.Continued}", ""));
    }
}

/// <summary>Cuts BAI2 text into records.</summary>
internal sealed class Bai2Records(TextLines lines)
{
    /// <summary>Marks the first field of a continuation within its record.</summary>
    public const char Continued = '\u0001';

    private const string Continuation = "88";
    private const int FieldsMax = 10_000;

    private string? pending;
    private int count;

    /// <summary>The next record; null at the end of the file.</summary>
    public Bai2Record? Next()
    {
        if ((pending ?? Line()) is not { } start)
            return null;
        pending = null;
        count++;
        var (number, line, fields) = (count, lines.Number, new List<string>());
        Split(start, fields, "");
        while ((pending = Line()) is { } next && next.StartsWith(Continuation + ",", StringComparison.Ordinal))
        {
            count++;
            Split(next[(Continuation.Length + 1)..], fields, $"{Continued}");
            if (fields.Count > FieldsMax)
                throw new StatementFaultException($"The record has more than {FieldsMax} fields.", line, fields[0]);
        }

        return new Bai2Record(fields, line, number);
    }

    private string? Line()
    {
        while (lines.Next() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                return line;
        }

        return null;
    }

    // A slash ends a record; the line may be filled with spaces.
    private static void Split(string line, List<string> fields, string mark)
    {
        var text = line.AsSpan().Trim();
        if (text.EndsWith("/"))
            text = text[..^1];
        foreach (var range in text.Split(','))
        {
            fields.Add(mark + text[range].ToString());
            mark = "";
        }
    }
}
