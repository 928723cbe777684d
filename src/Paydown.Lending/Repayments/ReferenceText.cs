using System.Globalization;
using System.Text;

namespace Paydown.Lending.Repayments;

/// <summary>
/// A text in which a reference is looked for: its letters and digits in plain upper-case ASCII without what separates
/// them, and where its words end.
/// </summary>
internal sealed class ReferenceText
{
    /// <summary>Replaces a character that no reference has, for example a colon or an accented letter.</summary>
    public const char Other = '\0';
    private const int FullWidthOffset = 0xFEE0;

    private readonly HashSet<int> wordEnds;

    private ReferenceText(string characters, HashSet<int> wordEnds) =>
        (Characters, this.wordEnds) = (characters, wordEnds);

    /// <summary>Letters, digits, and a zero for each character that no reference has.</summary>
    public string Characters { get; }

    /// <summary>Whether a word ends before this index, or the text.</summary>
    public bool EndsWord(int index) => index == Characters.Length || wordEnds.Contains(index);

    public static ReferenceText Read(string text)
    {
        var characters = new StringBuilder(text.Length);
        var ends = new HashSet<int>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune))
                continue;
            if (IsSeparator(rune))
            {
                ends.Add(characters.Length);
                continue;
            }

            var plain = PlainOf(rune);
            if (plain == Other && !Rune.IsLetterOrDigit(rune))
                ends.Add(characters.Length);
            characters.Append(plain);
        }

        return new(characters.ToString(), ends);
    }

    private static bool IsSeparator(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation or UnicodeCategory.Control
        // The minus sign, the hyphen bullet and the modifier minus are no dashes to Unicode.
        || rune.Value is '\u2212' or '\u2043' or '\u02D7';

    // Zero-width characters, joiners, directional marks, the soft hyphen; variation selectors; blank fillers.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value
            is '\u034F'
                or '\u115F'
                or '\u1160'
                or '\u2800'
                or '\u3164'
                or '\uFFA0'
                or (>= '\u180B' and <= '\u180F')
                or (>= '\uFE00' and <= '\uFE0F');

    private static char PlainOf(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            return (char)('0' + (int)Rune.GetNumericValue(rune));
        var value = rune.Value is >= '\uFF01' and <= '\uFF5E' ? rune.Value - FullWidthOffset : rune.Value;
        return value < 128 && char.IsAsciiLetter((char)value) ? char.ToUpperInvariant((char)value) : Other;
    }
}
