using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// A further disbursement changes the schedule: its down payment is an extra installment on its day, and the rest is
/// spread over the installments to come. Level installments are recomputed on the whole balance.
/// </summary>
internal static class Tranches
{
    /// <summary>Adds the down payment of a further disbursement.</summary>
    /// <returns>The index of the inserted row; null if there is none.</returns>
    public static int? AddDownPayment(LoanTerms terms, InstallmentBook book, long amount, DateOnly on)
    {
        var downPayment = ScheduleRules.DownPaymentOf(terms, amount);
        if (downPayment == 0)
            return null;
        var index = 0;
        while (index < book.Count && !book.Rows[index].IsAdded && IsOver(terms, book.Rows[index], on))
            index++;
        book.Insert(
            index,
            new InstallmentState
            {
                FromOn = on,
                DueOn = on,
                IsDownPayment = true,
                Due = new ComponentAmounts(downPayment, 0, 0, 0),
            }
        );
        return index;
    }

    /// <summary>Adds the installments that a further disbursement of full term needs beyond the plan.</summary>
    /// <returns>The index of the first inserted row, and the number of rows.</returns>
    public static (int Index, int Count) Extend(LoanTerms terms, InstallmentBook book, DateOnly on)
    {
        var (end, done, left) = (0, 0, 0);
        for (; end < book.Count && !book.Rows[end].IsAdded; end++)
        {
            if (book.Rows[end].IsDownPayment)
                continue;
            if (IsOver(terms, book.Rows[end], on))
                done++;
            else
                left++;
        }

        if (!FullTermTranche.Applies(terms) || left == 0)
            return (end, 0);
        var missing = Math.Max(0, terms.NumberOfInstallments - left);
        for (var i = 0; i < missing; i++)
        {
            var fromOn = book.Rows[end + i - 1].DueOn;
            var dueOn = DueDates.Of(terms, book.Rows[0].FromOn, done + left + i + 1);
            // Installments that were agreed again may end later than the agreed ones would.
            if (dueOn <= fromOn)
                dueOn = DueDates.After(fromOn, terms, 1);
            book.Insert(end + i, new InstallmentState { FromOn = fromOn, DueOn = dueOn });
        }

        return (end, missing);
    }

    /// <summary>
    /// Spreads the rest of a further disbursement over the installments that are still to come; after maturity it falls
    /// due at once.
    /// </summary>
    public static void Spread(LoanTerms terms, InstallmentBook book, long amount, DateOnly on)
    {
        amount -= ScheduleRules.DownPaymentOf(terms, amount);
        var (first, done) = (0, 0);
        for (; first < book.Count && IsOver(terms, book.Rows[first], on); first++)
            if (!book.Rows[first].IsDownPayment)
                done++;
        var end = first;
        while (end < book.Count && !book.Rows[end].IsAdded)
            end++;
        if (first == end)
        {
            book.Owe(book.IndexFor(on), new ComponentAmounts(amount, 0, 0, 0));
            return;
        }

        var left = done == 0 ? terms : WithGracesLeft(terms, done);
        var existing = book.Rows[first..end].ToArray();
        var added = ScheduleRules.Amortize(left, amount, on, existing);
        if (terms.InterestMethod == InterestMethod.DecliningBalance)
        {
            book.Rows[first].Undisbursed += TrancheInterest.Undisbursed(left, amount, existing[0], on);
            existing[0].Undisbursed = book.Rows[first].Undisbursed;
        }

        if (FullTermTranche.Applies(terms))
        {
            FullTermTranche.Fill(left, amount, existing, added);
        }
        else if (terms.InterestMethod == InterestMethod.Flat)
        {
            if (terms.ScheduleType == ScheduleType.Progressive)
                FlatTranche.Fill(left, amount, on, LentBefore(book), existing, added);
        }
        else if (terms is { ScheduleType: ScheduleType.Progressive, Amortization: Amortization.EqualInstallments })
        {
            LevelTranche.Fill(left, amount, existing, added);
            for (var i = 0; i < added.Length; i++)
                book.Rows[first + i].PrincipalInPlan = added[i].PrincipalInPlan;
        }
        else
        {
            Join(left, amount, existing, added);
        }

        for (var i = 0; i < added.Length; i++)
            book.Owe(first + i, added[i].Due);
    }

    // The installment of the day shares a tranche in a cumulative schedule, if it is not paid; in a progressive one the
    // next installment is the first.
    private static bool IsOver(LoanTerms terms, in InstallmentState row, DateOnly on) =>
        row.DueOn != on
            ? row.DueOn < on
            : row.IsDownPayment || terms.ScheduleType == ScheduleType.Progressive || row.Outstanding.IsZero;

    // The graces are those of the loan, not of each tranche.
    private static LoanTerms WithGracesLeft(LoanTerms terms, int done) =>
        terms is { GracePrincipal: 0, GraceInterest: 0, InterestFreePeriods: 0 }
            ? terms
            : terms with
            {
                GracePrincipal = Math.Max(0, terms.GracePrincipal - done),
                GraceInterest = Math.Max(0, terms.GraceInterest - done),
                InterestFreePeriods = Math.Max(0, terms.InterestFreePeriods - done),
            };

    // Parts add up; interest is computed on the whole balance, so it is rounded once.
    private static void Join(
        LoanTerms terms,
        long amount,
        ReadOnlySpan<InstallmentState> existing,
        Span<InstallmentState> added
    )
    {
        var (balance, paidLater) = (amount, 0L);
        foreach (ref readonly var row in existing)
        {
            balance += row.PlannedPrincipal;
            paidLater += row.PlannedPrincipalPaid;
        }

        for (var i = 0; i < added.Length; i++)
        {
            var (before, paid) = (existing[i].PlannedPrincipal, existing[i].PlannedPrincipalPaid);
            var installment = before + existing[i].PlannedInterest + added[i].Due.Total;
            var factor =
                i < terms.InterestFreePeriods ? 0m : DayCount.Factor(terms, existing[i].FromOn, existing[i].DueOn);
            var interest = TrancheInterest.Of(existing[i], balance, factor);
            var principal =
                terms.Amortization == Amortization.EqualPrincipal
                    ? before + added[i].Due.Principal
                    : Math.Max(paid, Math.Min(installment - interest, balance - paidLater + paid));
            paidLater -= paid;
            if (i == added.Length - 1)
                principal = balance;
            added[i].Due = new ComponentAmounts(principal - before, interest - existing[i].PlannedInterest, 0, 0);
            balance -= principal;
        }
    }

    // All principal lent so far: flat interest is charged on all of it.
    private static long LentBefore(InstallmentBook book)
    {
        var lent = 0L;
        foreach (ref readonly var row in book.Rows)
            if (row is { IsDownPayment: false, IsAdded: false })
                lent += row.PlannedPrincipal;
        return lent;
    }
}
