using System.Globalization;
using System.Text;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// A short text that people paste from a banking app or a web page. It is kept as it looks: white space of any kind
/// becomes one plain space, and control characters, directional marks and zero-width characters are left out.
/// </summary>
internal static class PastedText
{
    /// <summary>The text as it looks, without white space around it.</summary>
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
