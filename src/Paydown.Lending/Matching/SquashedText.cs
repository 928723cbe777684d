using System.Text;
using Paydown.Lending.Repayments;

namespace Paydown.Lending.Matching;

/// <summary>
/// A text as it is compared: its letters and digits only, in upper-case ASCII. Banks cut and join words, so what
/// separates them is left out; where it stood is kept.
/// </summary>
internal sealed class SquashedText
{
    // Longer than any line of a bank statement; the rest is not read.
    private const int TextLengthMax = 2048;

    private readonly HashSet<int> boundaries;

    private SquashedText(string characters, HashSet<int> boundaries) =>
        (Characters, this.boundaries) = (characters, boundaries);

    /// <summary>The letters and digits.</summary>
    public string Characters { get; }

    /// <summary>Reads a text; null is an empty one.</summary>
    public static SquashedText Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new("", []);
        var read = ReferenceText.Read(text.Length > TextLengthMax ? text[..TextLengthMax] : text);
        var characters = new StringBuilder(read.Characters.Length);
        var wordEnds = new HashSet<int>();
        for (var i = 0; i < read.Characters.Length; i++)
        {
            if (read.EndsWord(i))
                wordEnds.Add(characters.Length);
            if (read.Characters[i] != ReferenceText.Other)
                characters.Append(read.Characters[i]);
        }

        return new(characters.ToString(), wordEnds);
    }

    /// <summary>Whether a word of the text begins or ends at this index.</summary>
    public bool IsBoundary(int index) => index == 0 || index == Characters.Length || boundaries.Contains(index);

    /// <summary>Whether these characters are whole words of the text.</summary>
    public bool IsWholeWords(int start, int length) => IsBoundary(start) && IsBoundary(start + length);

    /// <summary>Where a sequence of characters begins in the text, in order.</summary>
    public IEnumerable<int> StartsOf(string sequence)
    {
        for (var start = 0; (start = Characters.IndexOf(sequence, start, StringComparison.Ordinal)) >= 0; start++)
            yield return start;
    }

    /// <summary>
    /// Whether a number that begins or ends at this index would go on across it: <c>12</c> is not in <c>123</c>.
    /// </summary>
    public bool CutsNumber(int index) =>
        !IsBoundary(index) && char.IsAsciiDigit(Characters[index - 1]) && char.IsAsciiDigit(Characters[index]);
}
