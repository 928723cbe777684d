using Paydown.Lending.Amounts;

namespace Paydown.Server.Reports;

/// <summary>Adds up the columns of a report, and fills in its ratios.</summary>
public sealed class ReportTotals
{
    private readonly IReadOnlyList<ReportColumn> columns;
    private readonly (int At, int Of, int Per)[] ratios;
    private readonly long[] sums;
    private readonly Currency currency;

    public ReportTotals(IReadOnlyList<ReportColumn> columns, Currency currency)
    {
        (this.columns, this.currency, sums) = (columns, currency, new long[columns.Count]);
        ratios =
        [
            .. columns
                .Index()
                .Where(one => one.Item.Ratio is not null)
                .Select(one => (one.Index, IndexOf(one.Item.Ratio!.Value.Of), IndexOf(one.Item.Ratio.Value.Per))),
        ];
    }

    /// <summary>The sum of a column of amounts.</summary>
    public Money this[string column] => new(sums[IndexOf(column)], currency);

    /// <summary>Fills in the ratios of a row and adds the row.</summary>
    public void Add(object?[] row)
    {
        FillIn(row);
        for (var i = 0; i < sums.Length; i++)
            if (columns[i].IsTotalled && row[i] is { } cell)
                sums[i] += NumberIn(cell);
    }

    /// <summary>The row of the totals; columns that are not added up have no cell.</summary>
    public object?[] ToRow()
    {
        var row = new object?[sums.Length];
        for (var i = 0; i < row.Length; i++)
            if (columns[i].IsTotalled)
                row[i] = columns[i].Type == ReportCell.Money ? new Money(sums[i], currency) : sums[i];
        FillIn(row);
        return row;
    }

    private void FillIn(object?[] row)
    {
        foreach (var (at, of, per) in ratios)
            if (row[of] is { } part && row[per] is { } whole && NumberIn(whole) != 0)
                row[at] = Math.Round(NumberIn(part) / (decimal)NumberIn(whole), 4, MidpointRounding.ToEven);
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].Name == name)
                return i;
        throw new InvalidOperationException($"The report has no column {name}.");
    }

    private static long NumberIn(object cell) =>
        cell switch
        {
            Money amount => amount.MinorUnits,
            long number => number,
            _ => throw new InvalidOperationException($"{cell} is neither an amount nor a number."),
        };
}
