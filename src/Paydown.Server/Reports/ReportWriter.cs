using System.Globalization;
using Paydown.Lending.Amounts;

namespace Paydown.Server.Reports;

/// <summary>Writes a report in one format, row by row, to what is its own or the caller's.</summary>
public abstract class ReportWriter : IAsyncDisposable
{
    /// <summary>Writes what comes before the rows.</summary>
    public abstract Task BeginAsync(ReportHead head, CancellationToken cancellation);

    /// <summary>Writes one row.</summary>
    public abstract ValueTask WriteRowAsync(object?[] row, CancellationToken cancellation);

    /// <summary>Writes what comes after the rows.</summary>
    public abstract Task EndAsync(object?[] totals, IReadOnlyList<ReportTie> ties, CancellationToken cancellation);

    /// <summary>Frees what a writer that has not ended holds.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A cell as text: amounts with a point and all their digits, days and instants by ISO 8601.</summary>
    protected static string TextOf(object? cell) =>
        cell switch
        {
            null => "",
            string text => text,
            Money amount => amount.Major.ToString($"F{amount.Currency.FractionDigits}", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.UtcDateTime.ToString(
                "yyyy-MM-ddTHH:mm:ssZ",
                CultureInfo.InvariantCulture
            ),
            decimal rate => rate.ToString("0.0000", CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"A report has no cells of {cell.GetType()}."),
        };
}
