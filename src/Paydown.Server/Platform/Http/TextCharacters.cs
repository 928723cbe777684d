using System.Buffers;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The characters that no text of a request may contain: control characters, and invisible characters that change the
/// order or the lines of visible text. The request reader and the OpenAPI document use them.
/// </summary>
internal static class TextCharacters
{
    /// <summary>For a text of one line, as a character class of a regular expression.</summary>
    public const string RefusedInLine = @"\u0000-\u001F\u007F-\u009F\u2028\u2029" + Invisible;

    /// <summary>For a text of several lines, which may contain tabs and line breaks.</summary>
    public const string RefusedInLines = @"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F" + Invisible;

    // Marks, embeddings, overrides and isolates of bidirectional text (UAX 9), the deprecated format characters beside
    // them, the byte order mark and the interlinear annotations. Joiners stay: names and emojis need them.
    private const string Invisible = @"\u061C\u200E\u200F\u202A-\u202E\u2066-\u206F\uFEFF\uFFF9-\uFFFB";

    private static readonly SearchValues<char> InLine = SearchValues.Create(Expand(RefusedInLine));
    private static readonly SearchValues<char> InLines = SearchValues.Create(Expand(RefusedInLines));

    /// <summary>The first forbidden character; null if there is none.</summary>
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
