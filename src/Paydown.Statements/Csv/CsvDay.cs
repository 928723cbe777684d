using System.Globalization;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>
/// Reads days as people write them: 31/12/2026, 31-DEC-26, Dec 31, 2026, 2026-12-31T10:00. The order of day and month
/// is never guessed.
/// </summary>
internal static class CsvDay
{
    private const int LengthMax = 40;
    private const int YearDigits = 4;
    private const int FirstYear = 80;
    private const int MonthsMax = 12;

    /// <summary>Reads a day.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="order">The order of digits; null if it is not known.</param>
    /// <returns>Null if the text is not a day, or if its order is not known.</returns>
    public static DateOnly? Read(string text, CsvDates? order) =>
        Parts(text) is { } parts && Fields(parts, order) is var (year, month, day) ? Of(year, month, day) : null;

    /// <summary>True if the text is shaped like a day, whether or not there is such a day.</summary>
    public static bool IsShaped(string text) => Parts(text) is not null;

    /// <summary>
    /// The order that a day of digits proves, because one of them is above 12. Null if it proves none.
    /// </summary>
    /// <param name="text">The cell.</param>
    /// <param name="isOpen">True if the day depends on the order.</param>
    public static CsvDates? Proves(string text, out bool isOpen)
    {
        isOpen = false;
        if (Parts(text) is not { } parts || !IsOpen(parts))
            return null;
        isOpen = true;
        var (first, second) = (Number(parts.First), Number(parts.Second));
        return first > MonthsMax && second <= MonthsMax ? CsvDates.DayFirst
            : second > MonthsMax && first <= MonthsMax ? CsvDates.MonthFirst
            : null;
    }

    private static (int Year, int Month, int Day)? Fields(DayParts parts, CsvDates? order)
    {
        if (Month(parts.Second) is { } middle)
            return parts.First.Length == YearDigits
                ? (Number(parts.First), middle, Number(parts.Third))
                : (Year(parts.Third), middle, Number(parts.First));
        if (Month(parts.First) is { } start)
            return (Year(parts.Third), start, Number(parts.Second));
        if (parts.First.Length == YearDigits || (order == CsvDates.YearFirst && parts.Third.Length < YearDigits))
            return (Year(parts.First), Number(parts.Second), Number(parts.Third));
        return (IsOpen(parts) ? order : CsvDates.DayFirst) switch
        {
            CsvDates.DayFirst => (Year(parts.Third), Number(parts.Second), Number(parts.First)),
            CsvDates.MonthFirst => (Year(parts.Third), Number(parts.First), Number(parts.Second)),
            _ => null,
        };
    }

    // Days with points are written day first everywhere.
    private static bool IsOpen(DayParts parts) =>
        parts.Separator != '.'
        && parts.First.Length < YearDigits
        && Month(parts.First) is null
        && Month(parts.Second) is null;

    // Three groups of letters or digits, then at most a time.
    private static DayParts? Parts(string text)
    {
        if (text.Length is 0 or > LengthMax)
            return null;
        if (text.Length == 8 && text.All(char.IsAsciiDigit))
            return Checked(new DayParts(text[..4], text[4..6], text[6..], '-'));
        var groups = new string[3];
        var (at, separator) = (0, ' ');
        for (var group = 0; group < groups.Length; group++)
        {
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at]) && IsSameKind(text[start], text[at]))
                at++;
            groups[group] = text[start..at];
            if (group == 0 && at < text.Length)
                separator = text[at];
            while (group < groups.Length - 1 && at < text.Length && text[at] is '-' or '/' or '.' or ' ' or ',')
                at++;
        }

        return IsTime(text.AsSpan(at)) ? Checked(new DayParts(groups[0], groups[1], groups[2], separator)) : null;
    }

    private static bool IsSameKind(char first, char other) => char.IsLetter(first) == char.IsLetter(other);

    private static bool IsTime(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
            return true;
        if (rest[0] is not ('T' or ' ' or ',') || rest.Length < 2)
            return false;
        foreach (var letter in rest[1..])
        {
            if (
                !char.IsAsciiDigit(letter)
                && letter is not (':' or '.' or '+' or '-' or 'Z' or ' ' or 'A' or 'P' or 'M')
            )
                return false;
        }

        return true;
    }

    private static DayParts? Checked(DayParts parts)
    {
        var months = (Month(parts.First) is null ? 0 : 1) + (Month(parts.Second) is null ? 0 : 1);
        var numbers = new[] { parts.First, parts.Second, parts.Third }.Count(part =>
            part.Length is 1 or 2 or YearDigits && part.All(char.IsAsciiDigit)
        );
        return months + numbers == 3 && months <= 1 ? parts : null;
    }

    private static int? Month(string part) =>
        part.Length >= 3
        && char.IsLetter(part[0])
        && CsvWords.All.Months.TryGetValue(CsvWords.Bare(part[..3]), out var month)
            ? month
            : null;

    private static int Number(string part) => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Year(string part) =>
        part.Length == YearDigits ? Number(part) : Number(part) + (Number(part) >= FirstYear ? 1900 : 2000);

    private static DateOnly? Of(int year, int month, int day) =>
        year is >= 1900 and <= 9999
        && month is >= 1 and <= MonthsMax
        && day >= 1
        && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private sealed record DayParts(string First, string Second, string Third, char Separator);
}
