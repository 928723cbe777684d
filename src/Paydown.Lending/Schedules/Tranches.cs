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

        if (!IsFullTerm(terms) || left == 0)
            return (end, 0);
        var missing = Math.Max(0, terms.NumberOfInstallments - left);
        for (var i = 0; i < missing; i++)
        {
            var dueOn = DueDates.Of(terms, book.Rows[0].FromOn, done + left + i + 1);
            book.Insert(end + i, new InstallmentState { FromOn = book.Rows[end + i - 1].DueOn, DueOn = dueOn });
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
        if (IsFullTerm(terms))
        {
            book.Rows[first].Undisbursed += Undisbursed(left, amount, existing[0], on);
            existing[0].Undisbursed = book.Rows[first].Undisbursed;
            JoinFullTerm(left, amount, existing, added);
            for (var i = 0; i < added.Length; i++)
                book.Rows[first + i].Leaves = existing[i].Leaves;
        }
        else if (terms.InterestMethod == InterestMethod.Flat)
        {
            if (terms.ScheduleType == ScheduleType.Progressive)
                JoinFlat(left, amount, on, BaseOf(book), existing, added);
        }
        else
        {
            book.Rows[first].Undisbursed += Undisbursed(left, amount, existing[0], on);
            existing[0].Undisbursed = book.Rows[first].Undisbursed;
            if (terms is { ScheduleType: ScheduleType.Progressive, Amortization: Amortization.EqualInstallments })
                LevelTranche.Fill(left, amount, existing, added);
            else
                Join(left, amount, existing, added);
        }

        for (var i = 0; i < added.Length; i++)
            book.Owe(first + i, added[i].Due);
    }

    /// <summary>Principal paid on an installment, without what was charged back.</summary>
    public static long PaidOf(in InstallmentState row) => Math.Max(0, row.Paid.Principal - row.Returned);

    /// <summary>Interest paid on an installment, without what was charged back.</summary>
    public static long InterestPaidOf(in InstallmentState row) =>
        Math.Max(0, row.Paid.Interest - row.ReturnedIncome.Interest);

    /// <summary>The interest of a period, at least what is paid of it, without what was waived.</summary>
    public static long InterestOf(in InstallmentState row, long balance, decimal factor) =>
        Math.Max(
            InterestPaidOf(row),
            Significant.ToMinor(Significant.Round(balance * factor - row.Undisbursed)) - row.WaivedInterest
        );

    /// <summary>The principal of an installment, without what was charged back.</summary>
    public static long PrincipalOf(in InstallmentState row) => row.Due.Principal - row.Returned;

    /// <summary>The interest of an installment, without what was charged back.</summary>
    public static long InterestOf(in InstallmentState row) => row.Due.Interest - row.ReturnedIncome.Interest;

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
            balance += PrincipalOf(row);
            paidLater += PaidOf(row);
        }

        for (var i = 0; i < added.Length; i++)
        {
            var (before, paid) = (PrincipalOf(existing[i]), PaidOf(existing[i]));
            var installment = before + InterestOf(existing[i]) + added[i].Due.Total;
            var factor =
                i < terms.InterestFreePeriods ? 0m : DayCount.Factor(terms, existing[i].FromOn, existing[i].DueOn);
            var interest = InterestOf(existing[i], balance, factor);
            var principal =
                terms.Amortization == Amortization.EqualPrincipal
                    ? before + added[i].Due.Principal
                    : Math.Max(paid, Math.Min(installment - interest, balance - paidLater + paid));
            paidLater -= paid;
            if (i == added.Length - 1)
                principal = balance;
            added[i].Due = new ComponentAmounts(principal - before, interest - InterestOf(existing[i]), 0, 0);
            balance -= principal;
        }
    }

    private static bool IsFullTerm(LoanTerms terms) =>
        terms
            is {
                FullTermTranches: true,
                ScheduleType: ScheduleType.Progressive,
                InterestMethod: InterestMethod.DecliningBalance,
                Amortization: Amortization.EqualInstallments,
            };

    // Two plans beside each other: the installments add up, and the last of the earlier plan leaves what the later one
    // has left then.
    private static void JoinFullTerm(
        LoanTerms terms,
        long amount,
        Span<InstallmentState> existing,
        Span<InstallmentState> added
    )
    {
        var (balance, paidLater, own, lastBefore) = (amount, 0L, amount, -1);
        for (var i = 0; i < existing.Length; i++)
        {
            balance += PrincipalOf(existing[i]);
            paidLater += PaidOf(existing[i]);
            if (!existing[i].Due.IsZero)
                lastBefore = i;
        }

        for (var i = 0; i < added.Length; i++)
        {
            var factor =
                i < terms.InterestFreePeriods ? 0m : DayCount.Factor(terms, existing[i].FromOn, existing[i].DueOn);
            var interest = InterestOf(existing[i], balance, factor);
            var level = PrincipalOf(existing[i]) + InterestOf(existing[i]) + added[i].Due.Total;
            own -= added[i].Due.Principal;
            if (existing[i].Leaves is { } leaves)
                existing[i].Leaves = leaves + own;
            else if (i == lastBefore && i < added.Length - 1)
                existing[i].Leaves = own;
            // What is paid of an installment stays in it, and what is paid of later ones is left for them.
            var paid = PaidOf(existing[i]);
            paidLater -= paid;
            var wanted = existing[i].Leaves is { } rest ? balance - rest : level - interest;
            var principal =
                i == added.Length - 1
                    ? balance
                    : Math.Max(Math.Min(paid, balance), Math.Min(wanted, balance - paidLater));
            added[i].Due = new ComponentAmounts(
                principal - PrincipalOf(existing[i]),
                interest - InterestOf(existing[i]),
                0,
                0
            );
            balance -= principal;
        }
    }

    // The interest of what was lent before and of the tranche, in installments that are equal again.
    private static void JoinFlat(
        LoanTerms terms,
        long amount,
        DateOnly on,
        long lent,
        Span<InstallmentState> existing,
        Span<InstallmentState> added
    )
    {
        var (principal, interest, paidLater) = (amount, 0L, 0L);
        for (var i = 0; i < added.Length; i++)
        {
            var own = InterestOf(existing[i]) + added[i].Due.Interest;
            if (terms.InterestPeriod == InterestPeriod.Daily && i >= terms.InterestFreePeriods)
            {
                var factor = DayCount.Factor(terms, existing[i].FromOn, existing[i].DueOn);
                if (i == 0)
                    existing[i].Undisbursed += Undisbursed(terms, amount, existing[i], on);
                own = InterestOf(existing[i], lent + amount, factor);
            }

            added[i].Due = new ComponentAmounts(0, own, 0, 0);
            principal += PrincipalOf(existing[i]);
            paidLater += PaidOf(existing[i]);
            interest += own;
        }

        var level = ScheduleRules.RoundTo(((decimal)principal + interest) / added.Length, ScheduleRules.StepOf(terms));
        for (var i = 0; i < added.Length; i++)
        {
            var (own, paid) = (added[i].Due.Interest, PaidOf(existing[i]));
            var part =
                i == added.Length - 1 ? principal : Math.Max(paid, Math.Min(level - own, principal - paidLater + paid));
            added[i].Due = new ComponentAmounts(part - PrincipalOf(existing[i]), own - InterestOf(existing[i]), 0, 0);
            (principal, paidLater) = (principal - part, paidLater - paid);
        }
    }

    // What was lent for the whole term so far: flat interest is of all of it.
    private static long BaseOf(InstallmentBook book)
    {
        var lent = 0L;
        foreach (ref readonly var row in book.Rows)
            if (row is { IsDownPayment: false, IsAdded: false })
                lent += PrincipalOf(row);
        return lent;
    }

    // Interest of the days of the current period on which the amount was not yet given out, where its days count.
    private static decimal Undisbursed(LoanTerms terms, long amount, in InstallmentState row, DateOnly on)
    {
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        var countsDays =
            terms.ScheduleType == ScheduleType.Cumulative
            || terms.PartialPeriodInterest
            || terms.InterestPeriod == InterestPeriod.Daily;
        if (days == 0 || !countsDays || terms.InterestFreePeriods > 0)
            return 0m;
        var factor = DayCount.Factor(terms, row.FromOn, row.DueOn);
        return amount * factor * (on.DayNumber - row.FromOn.DayNumber) / days;
    }
}
