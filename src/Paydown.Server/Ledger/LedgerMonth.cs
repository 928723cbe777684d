using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Ledger;

/// <summary>A month of the books, by effective date.</summary>
/// <param name="First">Its first day.</param>
public readonly record struct LedgerMonth(DateOnly First)
{
    /// <summary>The field that names a month in a request.</summary>
    public static Field<string?> Requested { get; } =
        Field
            .Text("month", "The month, by effective date: YYYY-MM. Absent: the current one.", 7, 7)
            .Matching("^[12][0-9]{3}-(0[1-9]|1[0-2])$", "a year before 3000 and a month, such as 2026-01")
            .Optional()
            .WithExample("2026-01");

    /// <summary>The day after its last one.</summary>
    public DateOnly End => First.AddMonths(1);

    /// <summary>The month that a request names, or the current one of the organisation.</summary>
    public static LedgerMonth Of(FieldValues query, Organisation organisation, TimeProvider time)
    {
        if (query.Get(Requested) is { } month)
            return new LedgerMonth(DateOnly.ParseExact(month + "-01", "yyyy-MM-dd"));
        var today = organisation.Today(time);
        return new LedgerMonth(new DateOnly(today.Year, today.Month, 1));
    }

    public override string ToString() => First.ToString("yyyy-MM");
}
