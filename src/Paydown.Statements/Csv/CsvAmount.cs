using Paydown.Lending.Amounts;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>
/// Reads amounts as people write them: 1,234.56 or 1.234,56 or 1,23,456.78, with a sign, in parentheses, with CR or
/// DR or a currency beside it. Groups of digits must be whole, so a decimal comma is never read as one between
/// thousands.
/// </summary>
internal static class CsvAmount
{
    private const string Symbols = "₦€£$₹₵";
    private const int GroupDigits = 3;

    /// <summary>Reads an amount.</summary>
    /// <param name="text">The cell, not empty.</param>
    /// <param name="mark">The decimal mark.</param>
    /// <param name="currency">The currency of the account.</param>
    /// <param name="amount">The amount with its sign.</param>
    /// <returns>What is wrong; null if the amount was read.</returns>
    public static string? Read(string text, char mark, Currency currency, out Money amount)
    {
        amount = Money.Zero(currency);
        var isNegative = false;
        var digits = Bare(text, currency, ref isNegative);
        var at = digits.LastIndexOf(mark);
        var whole = at < 0 ? digits : digits[..at];
        var decimals = at < 0 ? default : digits[(at + 1)..];
        if (digits.IsEmpty || !IsGrouped(whole, mark) || decimals.ContainsAnyExceptInRange('0', '9'))
            return $"'{AmountText.Shown(text)}' is not an amount; write it like {Example(mark)}.";
        Span<char> plain = stackalloc char[digits.Length];
        var length = 0;
        foreach (var letter in whole)
        {
            if (char.IsAsciiDigit(letter))
                plain[length++] = letter;
        }

        if (at >= 0)
        {
            digits[at..].CopyTo(plain[length..]);
            length += digits.Length - at;
        }

        if (AmountText.Read(plain[..length], mark, currency, out var read) is { } problem)
            return problem;
        amount = isNegative ? -read : read;
        return null;
    }

    /// <summary>The decimal mark that an amount proves; null if it proves none.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="isOpen">True if its value depends on the mark, as that of 1.234 does.</param>
    public static char? Proves(string text, out bool isOpen)
    {
        isOpen = false;
        var ignored = false;
        var digits = Bare(text, null, ref ignored);
        var (point, comma) = (digits.LastIndexOf('.'), digits.LastIndexOf(','));
        if (point < 0 && comma < 0)
            return null;
        if (point >= 0 && comma >= 0)
            return point > comma ? '.' : ',';
        var mark = point >= 0 ? '.' : ',';
        var at = Math.Max(point, comma);
        if (digits.IndexOf(mark) != at)
            return mark == '.' ? ',' : '.';
        if (digits.Length - at - 1 != GroupDigits || at is 0 or > GroupDigits || digits[..at] is "0")
            return mark;
        isOpen = true;
        return null;
    }

    private static string Example(char mark) => mark == ',' ? "1.234,56" : "1,234.56";

    // Digits and marks alone. Letters of which nothing is known stay, and are no amount.
    private static ReadOnlySpan<char> Bare(string text, Currency? currency, ref bool isNegative)
    {
        var bare = text.AsSpan().Trim();
        if (bare is ['(', .., ')'])
        {
            isNegative = true;
            bare = bare[1..^1].Trim();
        }

        while (!bare.IsEmpty)
        {
            var before = bare.Length;
            if (bare[0] is '+' or '-' or '−' || Symbols.Contains(bare[0]))
            {
                isNegative |= bare[0] is '-' or '−';
                bare = bare[1..].TrimStart();
            }
            else if (bare[^1] is '-' or '+' or '−' || Symbols.Contains(bare[^1]))
            {
                isNegative |= bare[^1] is '-' or '−';
                bare = bare[..^1].TrimEnd();
            }
            else if (bare.Length > 1 && bare[^1] == '.' && char.IsLetter(bare[^2]))
            {
                bare = bare[..^1];
            }
            else if (EndsWithWord(bare, "DR") || EndsWithWord(bare, "CR"))
            {
                isNegative |= bare[^2] is 'D' or 'd';
                bare = bare[..^2].TrimEnd(". ");
            }
            else if (IsCode(bare, currency, out var atStart))
            {
                bare = (atStart ? bare[3..] : bare[..^3]).Trim();
            }

            if (bare.Length == before)
                break;
        }

        return bare;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text, string word) =>
        text.Length > word.Length
        && text.EndsWith(word, StringComparison.OrdinalIgnoreCase)
        && !char.IsLetter(text[^(word.Length + 1)]);

    private static bool IsCode(ReadOnlySpan<char> text, Currency? currency, out bool atStart)
    {
        atStart = text.Length > 3 && IsLetters(text[..3]) && !char.IsLetter(text[3]);
        var code =
            atStart ? text[..3]
            : text.Length > 3 && IsLetters(text[^3..]) && !char.IsLetter(text[^4]) ? text[^3..]
            : default;
        return !code.IsEmpty && (currency is null || code.SequenceEqual(currency.Code));
    }

    private static bool IsLetters(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('A', 'Z');

    // Groups of three digits; in India all but the last have two. All separators are equal.
    private static bool IsGrouped(ReadOnlySpan<char> whole, char mark)
    {
        var (separator, group, isFirst, isIndian, isWestern) = ('\0', 0, true, true, true);
        foreach (var letter in whole)
        {
            if (char.IsAsciiDigit(letter))
            {
                group++;
                continue;
            }

            var isSeparator = letter is '.' or ',' or '\'' or '’' or ' ' or '\u00A0' or '\u202F' && letter != mark;
            if (!isSeparator || group == 0 || (separator != '\0' && separator != letter))
                return false;
            isWestern &= isFirst ? group <= GroupDigits : group == GroupDigits;
            isIndian &= isFirst ? group < GroupDigits : group == GroupDigits - 1;
            (separator, group, isFirst) = (letter, 0, false);
        }

        return isFirst || (group == GroupDigits && (isWestern || isIndian));
    }
}
