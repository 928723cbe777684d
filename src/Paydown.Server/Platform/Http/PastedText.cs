using System.Globalization;
using System.Text;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Cleans a short text that people paste from a banking app or a web page. White space of any kind becomes one space.
/// Control characters, directional marks and zero-width characters are removed.
/// </summary>
internal static class PastedText
{
    /// <summary>Returns the cleaned text, without white space around it.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().TrimEnd(' ');
    }
}
