using Paydown.Lending.Allocation;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Schedules;

/// <summary>What a further disbursement does to the schedule: it is spread over the installments to come.</summary>
internal static class Tranches
{
    /// <summary>Adds a disbursement to a loan that has one already.</summary>
    public static void Add(LoanTerms terms, InstallmentBook book, long amount, DateOnly on)
    {
        var downPayment = ScheduleRules.DownPaymentOf(terms, amount);
        if (downPayment > 0) book.Owe(0, new Parts(downPayment, 0, 0, 0));
        Spread(terms, book, amount - downPayment, on);
    }

    // As if the amount were a loan of its own over the installments that are still to come; a tranche after maturity falls due at once.
    private static void Spread(LoanTerms terms, InstallmentBook book, long amount, DateOnly on)
    {
        var first = 0;
        while (first < book.Count && (book.Rows[first].IsDownPayment || book.Rows[first].DueOn <= on)) first++;
        var end = first;
        while (end < book.Count && !book.Rows[end].IsAdded) end++;
        if (first == end)
        {
            book.Owe(book.IndexFor(on), new Parts(amount, 0, 0, 0));
            return;
        }

        var rows = ScheduleRules.Amortize(terms, amount, on, book.Rows[first..end]);
        for (var i = 0; i < rows.Length; i++) book.Owe(first + i, rows[i].Due);
    }
}
