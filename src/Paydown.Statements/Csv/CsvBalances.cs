using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>
/// The balances of a CSV statement. They are stated above or between the rows, or follow from the balances beside the
/// first and the last entry. Files list the oldest entry first or last.
/// </summary>
internal sealed class CsvBalances
{
    private StatementEntry? first;
    private StatementEntry? last;
    private Money? sum;
    private bool hasBalances;

    /// <summary>The opening balance of a row; null if there is none.</summary>
    public StatementBalance? Opening { get; set; }

    /// <summary>The closing balance of a row; null if there is none.</summary>
    public StatementBalance? Closing { get; set; }

    public void Take(StatementEntry entry)
    {
        if (entry.Status != EntryStatus.Book)
            return;
        first ??= entry;
        last = entry;
        hasBalances |= entry.RunningBalance is not null;
        sum = sum is { } before ? before + entry.Amount : entry.Amount;
    }

    /// <summary>
    /// Why the balances beside the entries cannot be trusted; null if they can, or if there are none.
    /// </summary>
    public string? Problem =>
        hasBalances && (first?.RunningBalance is null || last?.RunningBalance is null)
            ? "The first or the last entry has no balance beside it, although others have; the file may be cut."
            : null;

    /// <summary>Opening and closing balance, as far as the file states them.</summary>
    public (StatementBalance? Opening, StatementBalance? Closing) Ends(CsvLayout layout, Currency currency)
    {
        var opening = Opening ?? Stated(layout.Preamble.Opening, From(layout), layout, currency);
        var (oldest, newest) = IsNewestFirst() ? (last, first) : (first, last);
        var closing = Closing ?? Stated(layout.Preamble.Closing, newest?.BookedOn, layout, currency);
        if (oldest?.RunningBalance is { } after)
            opening ??= new StatementBalance(after - oldest.Amount, null);
        if (newest?.RunningBalance is { } end)
            closing ??= new StatementBalance(end, newest.BookedOn);
        return (opening, closing);
    }

    // The order that adds up; if both or none do, that of the days.
    private bool IsNewestFirst()
    {
        if (first is null || last is null || sum is not { } total)
            return false;
        if (first.RunningBalance is { } top && last.RunningBalance is { } bottom)
        {
            var oldestFirst = top - first.Amount + total == bottom;
            var newestFirst = bottom - last.Amount + total == top;
            if (oldestFirst != newestFirst)
                return newestFirst;
        }

        return first.BookedOn > last.BookedOn;
    }

    private static DateOnly? From(CsvLayout layout)
    {
        var text = layout.Preamble.From ?? "";
        var end = text.IndexOfAny([' ', '\u00A0']);
        return CsvDay.Read(end < 0 ? text : text[..end], layout.Dates);
    }

    private static StatementBalance? Stated(string? text, DateOnly? on, CsvLayout layout, Currency currency)
    {
        if (text is null)
            return null;
        return CsvAmount.Read(text, layout.Decimal, currency, out var amount) is { } problem
            ? throw new StatementFaultException(problem, null, "balance")
            : new StatementBalance(amount, on);
    }
}
