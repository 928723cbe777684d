using System.Text;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>
/// Looks through a whole CSV file before it is read: its columns, the order of its days and its decimal mark. What
/// neither the profile nor a line of the file proves is refused, never guessed.
/// </summary>
internal static class CsvSurvey
{
    private static readonly CsvRole[] Amounts =
    [
        CsvRole.Amount,
        CsvRole.Debit,
        CsvRole.Credit,
        CsvRole.Balance,
        CsvRole.Commission,
    ];

    public static CsvLayout Of(Stream stream, Encoding encoding, StatementReading reading, CsvNames? names = null)
    {
        var layout = CsvHeader.Find(stream, encoding, reading, names);
        var (days, marks) = (new Votes<CsvDates>(), new Votes<char>());
        var rows = layout.Rows(stream);
        while (rows.Next())
        {
            foreach (var role in new[] { CsvRole.BookedOn, CsvRole.ValueOn })
            {
                if (layout.Cell(rows, role) is { Length: > 0 } day)
                    days.Take(CsvDay.Proves(day, out var isOpen), isOpen, day, rows.Line);
            }

            if (!CsvDay.IsShaped(layout.Day(rows)))
                continue;
            foreach (var role in Amounts)
            {
                if (layout.Cell(rows, role) is { Length: > 0 } amount)
                    marks.Take(CsvAmount.Proves(amount, out var isOpen), isOpen, amount, rows.Line);
            }
        }

        return layout with
        {
            Dates = layout.Profile.Dates ?? days.Winner() ?? Closed(days),
            Decimal = layout.Profile.Decimal ?? marks.Winner() ?? Closed(marks),
        };
    }

    private static CsvDates? Closed(Votes<CsvDates> days) =>
        days.Open is not (string day, int line)
            ? null
            : throw new StatementFaultException(
                $"'{AmountText.Shown(day)}' may be day/month or month/day, and no line of the file proves which. Give a "
                    + "profile with \"dates\": \"dayFirst\" or \"monthFirst\".",
                line
            );

    private static char Closed(Votes<char> marks) =>
        marks.Open is not (string amount, int line)
            ? '.'
            : throw new StatementFaultException(
                $"The mark in '{AmountText.Shown(amount)}' may be decimal or stand between thousands, and no line of the "
                    + "file proves which. Give a profile with \"decimal\": \".\" or \",\".",
                line
            );

    // What most lines prove. Those that prove the contrary are faults of their own when they are read.
    private sealed class Votes<T>
        where T : struct
    {
        private readonly Dictionary<T, int> counts = [];

        public (string? Cell, int Line) Open { get; private set; }

        public void Take(T? proven, bool isOpen, string cell, int line)
        {
            if (proven is { } value)
                counts[value] = counts.GetValueOrDefault(value) + 1;
            else if (isOpen && Open.Cell is null)
                Open = (cell, line);
        }

        public T? Winner() => counts.Count == 0 ? null : counts.MaxBy(count => count.Value).Key;
    }
}
