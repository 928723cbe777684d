using System.Diagnostics.CodeAnalysis;

namespace Paydown.Lending.Repayments;

/// <summary>
/// A creditor reference after ISO 11649: <c>RF </c>, two check digits, then 1 to 21 letters or digits. A mistyped one
/// is caught by the check digits (modulus 97-10 of ISO 7064). Kept without spaces and in upper case; printed in groups
/// of four.
/// </summary>
public sealed record CreditorReference
{
    private CreditorReference(string value) => Value = value;

    /// <summary>The electronic form, for example <c>RF18539007547034</c>.</summary>
    public string Value { get; }

    /// <summary>The reference of a number of the lender's own.</summary>
    /// <param name="body">1 to 21 letters or digits.</param>
    /// <exception cref="ArgumentException">The body has another form.</exception>
    public static CreditorReference FromBody(string body)
    {
        var upper = body.ToUpperInvariant();
        if (upper.Length is < 1 or > 21 || !upper.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException("A creditor reference takes 1 to 21 letters or digits.", nameof(body));
        var check = 98 - Remainder(upper + "RF00");
        return new CreditorReference($"RF{check:00}{upper}");
    }

    /// <summary>
    /// Reads a reference as people type it: spaces and case are forgiven, a wrong check digit is not.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CreditorReference? reference)
    {
        reference = null;
        if (text is null || text.Length > 64) return false;
        var compact = string.Concat(text.Where(c => c != ' ')).ToUpperInvariant();
        if (compact.Length is < 5 or > 25 || !compact.StartsWith("RF", StringComparison.Ordinal)) return false;
        if (!char.IsAsciiDigit(compact[2]) || !char.IsAsciiDigit(compact[3]) || !compact.All(char.IsAsciiLetterOrDigit))
            return false;
        if (Remainder(compact[4..] + compact[..4]) != 1) return false;
        reference = new CreditorReference(compact);
        return true;
    }

    /// <summary>The printed form, in groups of four: <c>RF18 5390 0754 7034</c>.</summary>
    public string ToPrintString() => string.Join(' ', Value.Chunk(4).Select(group => new string(group)));

    /// <inheritdoc/>
    public override string ToString() => Value;

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
