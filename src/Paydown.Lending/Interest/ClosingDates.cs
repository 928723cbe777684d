using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>The day through which a payment pays interest.</summary>
internal static class ClosingDates
{
    /// <summary>
    /// The day through which interest runs if the loan is closed on a day. A progressive loan rests on its due dates
    /// then, however often it rests otherwise (docs/decisions/0018).
    /// </summary>
    public static DateOnly OfClosing(LoanTerms terms, InstallmentBook book, DateOnly on)
    {
        if (terms.Recalculation is not { PreClosure: PreClosure.TillRestFrequencyDate })
            return on;
        if (terms.ScheduleType == ScheduleType.Progressive)
            return DueOnOrAfter(book, on);
        var restOn = RestDates.OnOrAfter(terms, book.Rows[0].FromOn, on);
        foreach (ref readonly var row in book.Rows)
            if (row.DueOn >= on && row.DueOn < restOn)
                return row.DueOn;
        return restOn;
    }

    /// <summary>The day through which interest runs if a loan is paid in part on a day.</summary>
    public static DateOnly OfPart(LoanTerms terms, InstallmentBook book, DateOnly on) =>
        terms.RestsOnDueDates ? DueOnOrAfter(book, on) : on;

    private static DateOnly DueOnOrAfter(InstallmentBook book, DateOnly on)
    {
        foreach (ref readonly var row in book.Rows)
            if (!row.IsDownPayment && !row.IsAdded && row.DueOn >= on)
                return row.DueOn;
        return on;
    }
}
