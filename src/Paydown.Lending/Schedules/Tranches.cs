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

    // As if the amount were a loan of its own over the installments that are still to come; a tranche after maturity
    // falls due at once.
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

        var existing = book.Rows[first..end].ToArray();
        var added = ScheduleRules.Amortize(terms, amount, on, existing);
        if (terms.InterestMethod == InterestMethod.DecliningBalance) Join(terms, amount, on, existing, added);
        for (var i = 0; i < added.Length; i++) book.Owe(first + i, added[i].Due);
    }

    // The installments add up; interest is taken once on the whole balance, so that it is rounded once.
    private static void Join(
        LoanTerms terms, long amount, DateOnly on, ReadOnlySpan<InstallmentState> existing,
        Span<InstallmentState> added)
    {
        var (balance, paidLater) = (amount, 0L);
        foreach (ref readonly var row in existing)
        {
            balance += row.Due.Principal - row.Returned;
            paidLater += PaidOf(row);
        }

        for (var i = 0; i < added.Length; i++)
        {
            var before = existing[i].Due.Principal - existing[i].Returned;
            var installment = before + existing[i].Due.Interest + added[i].Due.Total;
            var factor = DayCount.Factor(terms, existing[i].FromOn, existing[i].DueOn);
            var late = i == 0 ? Undisbursed(amount, factor, existing[i], on) : 0m;
            var accrued = Significant.ToMinor(Significant.Round(balance * factor - late));
            var interest = Math.Max(existing[i].Paid.Interest, accrued - existing[i].WaivedInterest);
            var principal = terms.Amortization == Amortization.EqualPrincipal
                ? before + added[i].Due.Principal
                : Math.Max(PaidOf(existing[i]),
                    Math.Min(installment - interest, balance - paidLater + PaidOf(existing[i])));
            paidLater -= PaidOf(existing[i]);
            if (i == added.Length - 1) principal = balance;
            added[i].Due = new Parts(principal - before, interest - existing[i].Due.Interest, 0, 0);
            balance -= principal;
        }
    }

    private static long PaidOf(in InstallmentState row) => Math.Max(0, row.Paid.Principal - row.Returned);

    // Interest of the days of the current period on which the amount was not yet given out.
    private static decimal Undisbursed(long amount, decimal factor, in InstallmentState row, DateOnly on)
    {
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        return days == 0 ? 0m : amount * factor * (on.DayNumber - row.FromOn.DayNumber) / days;
    }
}
