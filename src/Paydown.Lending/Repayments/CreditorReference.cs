using System.Diagnostics.CodeAnalysis;

namespace Paydown.Lending.Repayments;

/// <summary>
/// A creditor reference after ISO 11649: <c>RF</c>, two check digits, then 1 to 21 letters or digits. A mistyped one is
/// caught by the check digits (modulus 97-10 of ISO 7064). Kept without spaces and in upper case; printed in groups of
/// four.
/// </summary>
/// <remarks>
/// People type and paste references in many forms. Forgiven are white space, hyphens and invisible characters of any
/// kind between the characters, lower case, full-width letters, and digits of any script. A wrong check digit is not.
/// </remarks>
public sealed record CreditorReference
{
    /// <summary>The length of the shortest reference.</summary>
    public const int LengthMin = 5;

    /// <summary>The length of the longest reference.</summary>
    public const int LengthMax = 25;

    // Longer than any line of a bank statement; the rest is not read.
    private const int TextLengthMax = 1024;

    private CreditorReference(string value) => Value = value;

    /// <summary>The electronic form, for example <c>RF18539007547034</c>.</summary>
    public string Value { get; }

    /// <summary>The reference of a number of the lender's own.</summary>
    /// <param name="body">1 to 21 letters or digits.</param>
    /// <exception cref="ArgumentException">The body has another form.</exception>
    public static CreditorReference FromBody(string body)
    {
        var upper = body.ToUpperInvariant();
        if (upper.Length is < 1 or > LengthMax - 4 || !upper.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException("A creditor reference takes 1 to 21 letters or digits.", nameof(body));
        var check = 98 - Remainder(upper + "RF00");
        return new CreditorReference($"RF{check:00}{upper}");
    }

    /// <summary>Reads a text that is a reference and nothing else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CreditorReference? reference)
    {
        reference = text is null || text.Length > TextLengthMax ? null : Whole(ReferenceText.Read(text));
        return reference is not null;
    }

    /// <summary>
    /// Finds the one reference in a text, for example <c>Loan RF64 DEMO 0001 01, thanks</c>. Null if there is none, or
    /// if the text can be read as more than one.
    /// </summary>
    public static CreditorReference? FindIn(string text)
    {
        var read = Read(text);
        return Whole(read) ?? (AllIn(read).Distinct().Take(2).ToList() is [var (_, only)] ? only : null);
    }

    /// <summary>
    /// Whether a text names this reference and no other one. A longer or shorter reading from the same character on is
    /// chance and does not count as another: one in 97 has the right check digits.
    /// </summary>
    public bool IsNamedAloneIn(string text)
    {
        var read = Read(text);
        if (Whole(read) == this)
            return true;
        var all = AllIn(read).ToList();
        var starts = all.Where(found => found.Reference == this).Select(found => found.Start).ToHashSet();
        return starts.Count > 0 && all.TrueForAll(found => starts.Contains(found.Start));
    }

    /// <summary>Whether a text is a reference in its electronic form, with right check digits.</summary>
    public static bool IsElectronic(string text) => Of(text) is not null;

    /// <summary>The printed form, in groups of four: <c>RF18 5390 0754 7034</c>.</summary>
    public string ToPrintString() => string.Join(' ', Value.Chunk(4).Select(group => new string(group)));

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static ReferenceText Read(string text) =>
        ReferenceText.Read(text.Length > TextLengthMax ? text[..TextLengthMax] : text);

    // Each RF may begin a reference, and each end of a word may end it.
    private static IEnumerable<(int Start, CreditorReference Reference)> AllIn(ReferenceText read)
    {
        var characters = read.Characters;
        for (var start = 0; start + LengthMin <= characters.Length; start++)
        {
            if (characters[start] != 'R' || characters[start + 1] != 'F')
                continue;
            for (var end = start + LengthMin; end <= Math.Min(start + LengthMax, characters.Length); end++)
            {
                if (read.EndsWord(end) && Of(characters[start..end]) is { } reference)
                    yield return (start, reference);
            }
        }
    }

    private static CreditorReference? Whole(ReferenceText read) => Of(read.Characters);

    private static CreditorReference? Of(string compact) =>
        compact.Length is >= LengthMin and <= LengthMax
        && compact.StartsWith("RF", StringComparison.Ordinal)
        && char.IsAsciiDigit(compact[2])
        && char.IsAsciiDigit(compact[3])
        && compact.All(char.IsAsciiLetterOrDigit)
        && Remainder(compact[4..] + compact[..4]) == 1
            ? new CreditorReference(compact)
            : null;

    private static int Remainder(string text)
    {
        var remainder = 0;
        foreach (var c in text)
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = (value < 10 ? remainder * 10 + value : remainder * 100 + value) % 97;
        }

        return remainder;
    }
}
