using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// Changes the days of installments, and how many there are. What they ask for follows from the way of computing
/// interest.
/// </summary>
internal static class RowChanges
{
    /// <summary>How many rows are part of the plan: what is owed after maturity is not.</summary>
    public static int EndOf(InstallmentBook book)
    {
        var end = book.Count;
        while (end > 0 && book.Rows[end - 1].IsAdded)
            end--;
        return end;
    }

    /// <summary>The first installment that falls due on a day or later; null: none does.</summary>
    public static int? FirstDueFrom(InstallmentBook book, DateOnly on)
    {
        for (var i = 0; i < EndOf(book); i++)
            if (!book.Rows[i].IsDownPayment && book.Rows[i].DueOn >= on)
                return i;
        return null;
    }

    /// <summary>The first installment that falls due after a day and is not paid; null: there is none.</summary>
    public static int? FirstOwingAfter(InstallmentBook book, DateOnly on)
    {
        for (var i = 0; i < EndOf(book); i++)
            if (!book.Rows[i].IsDownPayment && book.Rows[i].DueOn > on && book.Rows[i].Outstanding.Principal > 0)
                return i;
        return null;
    }

    /// <summary>The installments before a row, down payments not counted.</summary>
    public static int NumberBefore(InstallmentBook book, int index)
    {
        var number = 0;
        for (var i = 0; i < index; i++)
            if (!book.Rows[i].IsDownPayment)
                number++;
        return number;
    }

    /// <summary>Moves an installment to another day; those after it follow in the repayment interval.</summary>
    public static void Move(InstallmentBook book, LoanTerms terms, int first, DateOnly newDueOn)
    {
        var end = EndOf(book);
        for (var i = first; i < end; i++)
        {
            if (i > first)
                book.Rows[i].FromOn = book.Rows[i - 1].DueOn;
            book.Rows[i].DueOn = DueDates.After(newDueOn, terms, i - first);
        }
    }

    /// <summary>Adds installments after the last one, in the repayment interval.</summary>
    public static void Extend(InstallmentBook book, LoanTerms terms, int count) =>
        Append(book, terms, DueDates.After(book.Rows[EndOf(book) - 1].DueOn, terms, 1), count);

    /// <summary>Adds installments after the last one, the first of them on a day.</summary>
    public static void Append(InstallmentBook book, LoanTerms terms, DateOnly firstDueOn, int count)
    {
        var end = EndOf(book);
        for (var i = 0; i < count; i++)
            book.Insert(
                end + i,
                new InstallmentState
                {
                    FromOn = book.Rows[end + i - 1].DueOn,
                    DueOn = DueDates.After(firstDueOn, terms, i),
                }
            );
    }

    /// <summary>A row becomes the last one: what was owed and paid with those after it belongs to it.</summary>
    public static void EndAt(InstallmentBook book, int index)
    {
        while (book.Count > index + 1)
            book.MergeLastInto(index);
    }

    /// <summary>Takes the unpaid principal and interest of the plan out of a row.</summary>
    /// <returns>Both, in minor units.</returns>
    public static (long Principal, long Interest) TakeUnpaid(ref InstallmentState row, DateOnly on)
    {
        var principal = row.PlannedPrincipal - row.PlannedPrincipalPaid;
        var interest = row.PlannedInterest - row.PlannedInterestPaid;
        if (principal == 0 && interest == 0)
            return default;
        row.Due -= new Amounts.ComponentAmounts(principal, interest, 0, 0);
        if (row.Outstanding.IsZero)
            row.PaidOn = on;
        return (principal, interest);
    }
}
