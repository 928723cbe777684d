using Paydown.Lending.Amounts;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>What the lines above the header of a CSV file say about the account, beside a label.</summary>
internal sealed class CsvPreamble
{
    private const int AccountDigitsMin = 5;

    /// <summary>The account's number, perhaps masked.</summary>
    public string? Account { get; private set; }

    public Currency? Currency { get; private set; }

    /// <summary>The opening balance as written.</summary>
    public string? Opening { get; private set; }

    /// <summary>The closing balance as written.</summary>
    public string? Closing { get; private set; }

    /// <summary>The beginning of the statement's period, as written.</summary>
    public string? From { get; private set; }

    /// <summary>Takes a line: labels with their values in the same cell or the next one that is not empty.</summary>
    public void Take(IReadOnlyList<string> cells)
    {
        for (var at = 0; at < cells.Count; at++)
        {
            var colon = cells[at].IndexOf(':');
            var label = CsvWords.Bare(colon < 0 ? cells[at] : cells[at][..colon]);
            if (label.Length == 0)
                continue;
            var value = colon < 0 ? "" : cells[at][(colon + 1)..].Trim(' ', '\u00A0', '\t');
            if (value.Length == 0)
                value = cells.Skip(at + 1).FirstOrDefault(cell => cell.Length > 0) ?? "";
            Take(label, value);
        }
    }

    private void Take(string label, string value)
    {
        var words = CsvWords.All;
        if (words.AccountLabels.Contains(label))
            Account ??= Number(value);
        else if (words.CurrencyLabels.Contains(label))
            Currency ??= CurrencyOf(value);
        else if (words.OpeningLabels.Contains(label))
            Opening ??= Clean.Text(value);
        else if (words.ClosingLabels.Contains(label))
            Closing ??= Clean.Text(value);
        else if (words.PeriodLabels.Contains(label))
            From ??= Clean.Text(value);
    }

    /// <summary>A currency by its code or its name.</summary>
    public static Currency? CurrencyOf(string text) =>
        CurrencyCode.Find(text.Trim().ToUpperInvariant())
        ?? CurrencyCode.Find(CsvWords.All.CurrencyNames.GetValueOrDefault(CsvWords.Bare(text)));

    // A number is often followed by other things; an IBAN may have spaces.
    private static string? Number(string value)
    {
        var words = value.Split([' ', '\u00A0', '('], StringSplitOptions.RemoveEmptyEntries);
        var number = words.FirstOrDefault() ?? "";
        if (number.Length == 4 && char.IsAsciiLetterUpper(number[0]) && char.IsAsciiLetterUpper(number[1]))
            number = string.Concat(words.TakeWhile(word => word.All(char.IsLetterOrDigit)));
        return number.Length >= AccountDigitsMin && number.Any(char.IsAsciiDigit) ? number : null;
    }
}
