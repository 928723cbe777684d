using System.Globalization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Mt940;

/// <summary>Reads days and balances of MT940.</summary>
internal static class Mt940Values
{
    public const int DayLength = 6;

    // The years of two digits: 1980 to 2079. No statement is older than the format.
    private const int FirstYear = 80;
    private const int CurrencyLength = 3;

    /// <summary>The day of six digits, YYMMDD.</summary>
    public static DateOnly Day(ReadOnlySpan<char> text, int line, string tag)
    {
        if (
            text.Length >= DayLength
            && TwoDigits(text) is { } year
            && TwoDigits(text[2..]) is { } month
            && TwoDigits(text[4..]) is { } day
            && TryDay(year >= FirstYear ? 1900 + year : 2000 + year, month, day) is { } read
        )
            return read;
        var shown = AmountText.Shown(text[..Math.Min(text.Length, DayLength)]);
        throw new StatementFaultException($"'{shown}' is not a day; write it as YYMMDD.", line, $":{tag}:");
    }

    /// <summary>The day of four digits, MMDD, in the year that brings it nearest to another day.</summary>
    /// <returns>Null if no such day is near.</returns>
    public static DateOnly? DayNear(DateOnly near, int month, int day)
    {
        DateOnly? nearest = null;
        for (var year = near.Year - 1; year <= near.Year + 1; year++)
        {
            if (
                TryDay(year, month, day) is { } candidate
                && (nearest is null || IsNearer(candidate, nearest.Value, near))
            )
                nearest = candidate;
        }

        return nearest;
    }

    /// <summary>The number that two characters make; null if they are no digits.</summary>
    public static int? TwoDigits(ReadOnlySpan<char> text) =>
        text.Length >= 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1])
            ? ((text[0] - '0') * 10) + text[1] - '0'
            : null;

    /// <summary>A balance: side, day, currency and amount, for example <c>C260310EUR1250,00</c>.</summary>
    public static StatementBalance Balance(Mt940Field field)
    {
        var text = field.First.AsSpan().Trim();
        if (text is not ['C' or 'D', ..])
            throw Fault($"'{AmountText.Shown(text)}' begins with neither C nor D.", field);
        var isCredit = text[0] == 'C';
        var on = Day(text[1..], field.Number, field.Tag);
        text = text[(1 + DayLength)..];
        var code = text[..Math.Min(text.Length, CurrencyLength)].ToString();
        if (CurrencyCode.Find(code) is not { } currency)
            throw Fault($"'{AmountText.Shown(code)}' is not a currency code: three upper-case letters.", field);
        var amount = Amount(text[CurrencyLength..], currency, field);
        return new StatementBalance(isCredit ? amount : -amount, on);
    }

    /// <summary>An amount with a comma, as SWIFT has it, or with the point that some banks write.</summary>
    public static Money Amount(ReadOnlySpan<char> text, Currency currency, Mt940Field field)
    {
        var mark = text.Contains(',') ? ',' : '.';
        return AmountText.Read(text.Trim(), text.Contains('.') ? mark : ',', currency, out var amount) is { } problem
            ? throw Fault(problem, field)
            : amount;
    }

    public static StatementFaultException Fault(string problem, Mt940Field field) =>
        new(problem, field.Number, $":{field.Tag}:");

    private static bool IsNearer(DateOnly one, DateOnly other, DateOnly near) =>
        Math.Abs(one.DayNumber - near.DayNumber) < Math.Abs(other.DayNumber - near.DayNumber);

    private static DateOnly? TryDay(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= CultureInfo.InvariantCulture.Calendar.GetDaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
