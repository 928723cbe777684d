using Paydown.Statements.Reading;

namespace Paydown.Statements.Mt940;

/// <summary>A field of an MT940 message: a tag and its lines.</summary>
internal sealed class Mt940Field
{
    /// <summary>The tag of the end of a message, which has no field.</summary>
    public const string End = "-";

    /// <summary>For example <c>61</c> or <c>60F</c>; <see cref="End"/> for the end of a message.</summary>
    public string Tag { get; set; } = "";

    /// <summary>The number of the first line.</summary>
    public int Number { get; set; }

    /// <summary>What follows the tag, and the lines up to the next one.</summary>
    public List<string> Lines { get; } = [];

    public string First => Lines.Count > 0 ? Lines[0] : "";
}

/// <summary>
/// Cuts MT940 text into fields. Headers, block marks, control characters and unknown fields are passed over. A colon at
/// the beginning of a line of text is text, unless a known tag follows.
/// </summary>
internal sealed class Mt940Fields(TextLines lines)
{
    private const string Text = "86";

    private static readonly HashSet<string> Known =
    [
        "13D",
        "20",
        "21",
        "25",
        "25P",
        "28",
        "28C",
        "34F",
        "60F",
        "60M",
        "61",
        "62F",
        "62M",
        "64",
        "65",
        "86",
        "90C",
        "90D",
        "940",
        "NS",
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownTags = Known.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    private readonly Mt940Field field = new();
    private string? pending;

    /// <summary>The number of the line that was read last.</summary>
    public int Number => lines.Number;

    /// <summary>The next field, valid until the next call; null at the end of the file.</summary>
    public Mt940Field? Next()
    {
        field.Lines.Clear();
        field.Tag = "";
        while ((pending ?? Read()) is { } line)
        {
            pending = null;
            if (field.Tag.Length > 0 && Begins(line, field.Tag))
            {
                pending = line;
                return field;
            }

            if (field.Tag.Length > 0)
                field.Lines.Add(line);
            else if (IsEnd(line))
                return Start(Mt940Field.End, "");
            else if (TagOf(line, "") is { } tag)
                Start(tag, line[(tag.Length + 2)..]);
        }

        return field.Tag.Length > 0 ? field : null;
    }

    // Control characters around a message, and a header in the line of the first field.
    private string? Read()
    {
        while (lines.Next() is { } line)
        {
            var bare = line.AsSpan().Trim("\u0001\u0003\u001A\0\uFEFF");
            if (bare is ['{', ..] && bare.IndexOf("{4::") is >= 0 and var block)
                bare = bare[(block + 3)..];
            if (!bare.IsWhiteSpace())
                return bare.Length == line.Length ? line : bare.ToString();
        }

        return null;
    }

    private Mt940Field Start(string tag, string first)
    {
        (field.Tag, field.Number) = (tag, lines.Number);
        field.Lines.Add(first);
        return field;
    }

    private static bool Begins(string line, string inside) => IsEnd(line) || TagOf(line, inside) is not null;

    private static bool IsEnd(string line) =>
        line[0] == '-' && (line.Length == 1 || line[1] == '}' || line.AsSpan(1).IsWhiteSpace());

    private static string? TagOf(string line, string inside)
    {
        if (line.Length < 4 || line[0] != ':')
            return null;
        var end = line.AsSpan(1, Math.Min(4, line.Length - 1)).IndexOf(':');
        if (end < 2)
            return null;
        var name = line.AsSpan(1, end);
        if (KnownTags.TryGetValue(name, out var tag))
            // A booking begins with a day. Anything else with its tag inside a text is text.
            return inside == Text && tag == "61" && !IsDay(line.AsSpan(end + 2)) ? null : tag;
        return inside != Text && IsShapedLikeTag(name) ? name.ToString() : null;
    }

    private static bool IsDay(ReadOnlySpan<char> text) =>
        text.Length >= 6 && !text[..6].ContainsAnyExceptInRange('0', '9');

    private static bool IsShapedLikeTag(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiDigit(letter) && !char.IsAsciiLetterUpper(letter))
                return false;
        }

        return true;
    }
}
