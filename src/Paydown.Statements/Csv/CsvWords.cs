using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>
/// The words that banks use, from <c>words.json</c>, and the profiles of known banks, from <c>banks.json</c>.
/// </summary>
internal sealed record CsvWords
{
    /// <summary>The usual names of each column, the best first.</summary>
    public required Dictionary<CsvRole, string[]> Columns { get; init; }

    /// <summary>Parts of names, for columns that none of the usual names fits.</summary>
    public required Dictionary<CsvRole, string[]> Parts { get; init; }

    public required string[] AccountLabels { get; init; }

    public required string[] CurrencyLabels { get; init; }

    public required Dictionary<string, string> CurrencyNames { get; init; }

    public required string[] OpeningLabels { get; init; }

    public required string[] ClosingLabels { get; init; }

    public required string[] PeriodLabels { get; init; }

    /// <summary>How a row begins that sums up or ends the list.</summary>
    public required string[] Footers { get; init; }

    public required string[] Pending { get; init; }

    public required string[] Debit { get; init; }

    public required string[] Credit { get; init; }

    /// <summary>The first three letters of a month, or all of a shorter name, in several languages.</summary>
    public required Dictionary<string, int> Months { get; init; }

    public static CsvWords All { get; } = CsvProfile.Resource<CsvWords>("words.json");

    public static IReadOnlyList<CsvProfile> Banks { get; } = CsvProfile.Resource<CsvProfile[]>("banks.json");

    /// <summary>A name or label as it is compared: letters and digits in lower case, without accents.</summary>
    public static string Bare(string text) =>
        string.Concat(text.Where(char.IsLetterOrDigit).Select(letter => WithoutAccent(char.ToLowerInvariant(letter))));

    private static char WithoutAccent(char letter) =>
        letter switch
        {
            'á' or 'à' or 'â' or 'ä' or 'ã' or 'å' or 'ą' => 'a',
            'ç' or 'ć' => 'c',
            'é' or 'è' or 'ê' or 'ë' or 'ę' => 'e',
            'í' or 'î' or 'ï' => 'i',
            'ł' => 'l',
            'ñ' or 'ń' => 'n',
            'ó' or 'ô' or 'ö' or 'õ' => 'o',
            'ś' => 's',
            'ú' or 'û' or 'ü' => 'u',
            'ź' or 'ż' => 'z',
            _ => letter,
        };
}

/// <summary>What a column may be.</summary>
internal enum CsvRole
{
    BookedOn,
    ValueOn,
    Amount,
    Side,
    Debit,
    Credit,
    Balance,
    Text,
    Description,
    Reference,
    BankReference,
    EndToEndId,
    CounterpartyName,
    CounterpartyAccount,
    Account,
    Currency,
    Status,

    /// <summary>Only in the files of collectors.</summary>
    Commission,
}
