using Paydown.Lending.Amounts;

namespace Paydown.Server.Reports;

/// <summary>The report of what falls due each day, and what was paid of it.</summary>
internal static class CollectionsReport
{
    public static Report CollectionsDue { get; } =
        new()
        {
            Name = "collections-due",
            Definition =
                "Installments by due date, of running and closed loans: what fell or falls due after waivers, "
                + "what was paid of it through its due date and later, and what is still expected. The rate is "
                + "received ÷ due. Payments count through the last day of the period, or today if that is earlier. "
                + "Written-off amounts are left out. The period may lie ahead.",
            Parameters = ReportParameters.Period | ReportParameters.Product,
            IsForCashiers = true,
            LooksAhead = true,
            Columns =
            [
                ReportColumn.Date("date", "The due date."),
                ReportColumn.Count("installments", "Installments with an amount due."),
                ReportColumn.Amount("due", "Principal, interest, fees and penalties due."),
                ReportColumn.Amount("paid", "Paid of it by its due date."),
                ReportColumn.Amount("late", "Paid of it after its due date."),
                ReportColumn.Amount("received", "Paid and late together."),
                ReportColumn.Amount("expected", "Still to be paid."),
                ReportColumn.Rate("rate", "received", "due", "Received of what fell due."),
            ],
            Rows = RowsAsync,
        };

    private static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading)
    {
        var (from, to) = (reading.Request.From, reading.Request.To);
        var days = new SortedDictionary<DateOnly, Sums>();
        await foreach (var (_, state) in ReportLoans.ReadAsync(reading, reading.Request.Through))
        {
            foreach (var row in state.Installments)
            {
                if (row.DueOn < from || row.DueOn > to || row.Due.Total == 0)
                    continue;
                var sums = days.GetValueOrDefault(row.DueOn);
                days[row.DueOn] = new(
                    sums.Installments + 1,
                    sums.Due + row.Due.Total,
                    sums.Late + row.PaidLate.MinorUnits,
                    sums.Received + row.Paid.Total
                );
            }
        }

        foreach (var (day, sums) in days)
            yield return sums.ToRow(day, reading.Money);
    }

    private readonly record struct Sums(long Installments, long Due, long Late, long Received)
    {
        public object?[] ToRow(DateOnly day, Func<long, Money> money) =>
            [
                day,
                Installments,
                money(Due),
                money(Received - Late),
                money(Late),
                money(Received),
                money(Due - Received),
                null,
            ];
    }
}
