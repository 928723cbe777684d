using System.Globalization;
using Paydown.Lending.Amounts;

namespace Paydown.Statements.Reading;

/// <summary>
/// Reads the digits of an amount into minor units, exactly: no rounding, no floating point, no sign. What an amount
/// looks like around its digits is the business of each format.
/// </summary>
internal static class AmountText
{
    // A long has 18 full digits.
    private const int DigitsMax = 18;

    /// <summary>Reads digits with at most one decimal mark.</summary>
    /// <param name="text">For example <c>0012.50</c>, <c>12,</c> or <c>,5</c>, without spaces.</param>
    /// <param name="mark">The decimal mark.</param>
    /// <param name="currency">It says how many decimals there may be; more must be zeros.</param>
    /// <param name="amount">The amount, not negative; zero if there is a problem.</param>
    /// <returns>What is wrong; null if the amount was read.</returns>
    public static string? Read(ReadOnlySpan<char> text, char mark, Currency currency, out Money amount)
    {
        amount = Money.Zero(currency);
        long units = 0;
        int digits = 0,
            decimals = -1,
            significant = 0;
        foreach (var letter in text)
        {
            if (letter == mark && decimals < 0)
            {
                decimals = 0;
                continue;
            }

            if (!char.IsAsciiDigit(letter))
                return IsNoAmount(text, mark);
            digits++;
            if (decimals >= 0 && ++decimals > currency.FractionDigits)
            {
                if (letter != '0')
                    return $"'{Shown(text)}' has more decimals than {currency} has ({currency.FractionDigits}).";
                continue;
            }

            if (significant > 0 || letter != '0')
                significant++;
            if (significant > DigitsMax)
                return $"'{Shown(text)}' is too large: the limit is {DigitsMax} digits.";
            units = (units * 10) + (letter - '0');
        }

        if (digits == 0)
            return IsNoAmount(text, mark);
        for (var missing = Math.Max(decimals, 0); missing < currency.FractionDigits; missing++)
        {
            if (++significant > DigitsMax && units > 0)
                return $"'{Shown(text)}' is too large: the limit is {DigitsMax} digits.";
            units *= 10;
        }

        amount = new Money(units, currency);
        return null;
    }

    /// <summary>A text of the file as it stands in a message: bounded.</summary>
    public static string Shown(ReadOnlySpan<char> text, int lengthMax = 40) =>
        text.Length <= lengthMax ? text.ToString() : string.Concat(text[..lengthMax], "…");

    private static string IsNoAmount(ReadOnlySpan<char> text, char mark) =>
        text.IsEmpty
            ? $"The amount is empty; write digits, for example 12{mark}50."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"'{Shown(text)}' is not an amount; write digits with one decimal mark, for example 12{mark}50."
            );
}
