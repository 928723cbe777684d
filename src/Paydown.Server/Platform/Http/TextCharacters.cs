using System.Buffers;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The characters that no text of a request may have: control characters, and those that nobody sees but that change
/// the order or the lines of what everybody reads. The reader and the OpenAPI document take them from here.
/// </summary>
internal static class TextCharacters
{
    /// <summary>For a text of one line, as a class of a regular expression.</summary>
    public const string RefusedInLine = @"\u0000-\u001F\u007F-\u009F\u2028\u2029" + Invisible;

    /// <summary>The same for a text of several lines, which may have tabs and line breaks.</summary>
    public const string RefusedInLines = @"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F" + Invisible;

    // Marks, embeddings, overrides and isolates of bidirectional text (UAX 9), the deprecated format characters beside
    // them, the byte order mark and the interlinear annotations. Joiners stay: names and emojis need them.
    private const string Invisible = @"\u061C\u200E\u200F\u202A-\u202E\u2066-\u206F\uFEFF\uFFF9-\uFFFB";

    private static readonly SearchValues<char> InLine = SearchValues.Create(Expand(RefusedInLine));
    private static readonly SearchValues<char> InLines = SearchValues.Create(Expand(RefusedInLines));

    /// <summary>The first character that must not be there; null: all may.</summary>
    public static char? Refused(string text, bool hasLines) =>
        text.AsSpan().IndexOfAny(hasLines ? InLines : InLine) is >= 0 and var at ? text[at] : null;

    private static string Expand(string ranges)
    {
        var all = new List<char>();
        for (var i = 0; i < ranges.Length; i += 6)
        {
            var isRange = ranges[i] == '-';
            if (isRange)
                i++;
            var to = (char)Convert.ToInt32(ranges.Substring(i + 2, 4), 16);
            for (var c = isRange ? all[^1] + 1 : to; c <= to; c++)
                all.Add((char)c);
        }

        return new string([.. all]);
    }
}
