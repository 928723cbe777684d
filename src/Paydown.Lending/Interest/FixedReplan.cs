using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>The amounts of changed installments whose interest is fixed. All amounts in minor units.</summary>
internal static class FixedReplan
{
    /// <summary>Sets principal and interest of the changed rows.</summary>
    /// <returns>Interest that left earlier rows.</returns>
    public static long Apply(LoanTerms terms, InstallmentBook book, in PlanChange change)
    {
        var rows = book.Rows[change.First..RowChanges.EndOf(book)];
        var now = change.Terms with { AnnualRatePercent = change.AnnualRatePercent ?? terms.AnnualRatePercent };
        var balance = change.Principal;
        foreach (ref readonly var row in rows)
            balance += row.PlannedPrincipal;
        if (terms.InterestMethod == InterestMethod.Flat)
            ApplyFlat(now, book, change, rows, balance);
        else
            ApplyDeclining(terms, now, change, rows, balance);
        return change.Interest;
    }

    /// <summary>Unpaid interest of a row that is earned by a day.</summary>
    public static long Earned(in InstallmentState row, DateOnly on) =>
        Math.Max(0, EarnedOf(row, on) - row.PlannedInterestPaid);

    /// <summary>No interest after a day: each installment keeps its amount, and the last one takes the rest.</summary>
    public static void StopInterest(InstallmentBook book, DateOnly on)
    {
        if (RowChanges.FirstDueFrom(book, on.AddDays(1)) is not { } first)
            return;
        var rows = book.Rows[first..RowChanges.EndOf(book)];
        var (wanted, interests, balance) = (new long[rows.Length], new long[rows.Length], 0L);
        for (var i = 0; i < rows.Length; i++)
        {
            interests[i] = Math.Max(EarnedOf(rows[i], on), rows[i].PlannedInterestPaid);
            wanted[i] = rows[i].PlannedPrincipal + rows[i].PlannedInterest - interests[i];
            balance += rows[i].PlannedPrincipal;
        }

        Spread(rows, balance, (i, _) => (wanted[i], interests[i]));
    }

    /// <summary>A row takes all principal, with the interest that is earned.</summary>
    public static void Accelerate(InstallmentBook book, int index, long earned)
    {
        ref var row = ref book.Rows[index];
        Set(ref row, row.PlannedPrincipal, row.PlannedInterestPaid + earned);
    }

    // Flat interest of the changed rows, on all that was lent, or on what was re-aged.
    private static void ApplyFlat(
        LoanTerms terms,
        InstallmentBook book,
        PlanChange change,
        Span<InstallmentState> rows,
        long balance
    )
    {
        var made = DaysOf(rows);
        if (change.HasNewDays || change.AnnualRatePercent is not null)
            FlatSchedule.FillInterest(terms, change.EndsEarlierRows ? balance : Lent(book), rows[0].FromOn, made, 1m);
        else
            for (var i = 0; i < made.Length; i++)
                made[i].Due = new ComponentAmounts(0, rows[i].PlannedInterest, 0, 0);
        ScheduleRules.DeferInterest(terms with { GraceInterest = change.GraceInterest }, made);
        var grace = Math.Min(change.GracePrincipal, rows.Length - 1);
        var part = Significant.ToMinor((decimal)balance / (rows.Length - grace));
        var principals = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            principals[i] =
                !change.IsReckonedAnew ? rows[i].PlannedPrincipal
                : i < grace ? 0
                : part;
        Spread(rows, balance, (i, _) => (principals[i], made[i].Due.Interest + change.InterestOf(i, made.Length)));
    }

    private static void ApplyDeclining(
        LoanTerms before,
        LoanTerms terms,
        PlanChange change,
        Span<InstallmentState> rows,
        long balance
    )
    {
        var factors = new decimal[rows.Length];
        for (var i = 0; i < factors.Length; i++)
            factors[i] = FactorOf(before, terms, change, rows[i]);
        var made = DaysOf(rows);
        if (change.IsReckonedAnew)
            change.Reckon(terms, balance, change.Interest, factors, made);
        else
            for (var i = 0; i < made.Length; i++)
                made[i].Due = new ComponentAmounts(rows[i].PlannedPrincipal, rows[i].PlannedInterest, 0, 0);
        Spread(
            rows,
            balance,
            (i, left) =>
            {
                var own = change.GraceInterest > 0 ? made[i].Due.Interest : Significant.Interest(left, factors[i]);
                var interest = own + change.InterestOf(i, made.Length);
                return terms.Amortization == Amortization.EqualPrincipal
                    ? (made[i].Due.Principal, interest)
                    : (made[i].Due.Total - interest, interest);
            }
        );
    }

    // A period in which the rate changes has a part of each.
    private static decimal FactorOf(LoanTerms before, LoanTerms terms, PlanChange change, in InstallmentState row)
    {
        var factor = DayCount.Factor(terms, row.FromOn, row.DueOn);
        if (change.AnnualRatePercent is null || change.RateAfter <= row.FromOn)
            return factor;
        var agreed = change.Terms with { AnnualRatePercent = before.AnnualRatePercent };
        var old = DayCount.Factor(agreed, row.FromOn, row.DueOn);
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        return Significant.Round(old + (factor - old) * (row.DueOn.DayNumber - change.RateAfter.DayNumber) / days);
    }

    // Nothing that is paid is taken away from a row, and the last one takes what is left.
    private static void Spread(
        Span<InstallmentState> rows,
        long balance,
        Func<int, long, (long Principal, long Interest)> wanted
    )
    {
        var paidLater = 0L;
        foreach (ref readonly var row in rows)
            paidLater += row.PlannedPrincipalPaid;
        var left = balance;
        for (var i = 0; i < rows.Length; i++)
        {
            var paid = rows[i].PlannedPrincipalPaid;
            paidLater -= paid;
            var (principal, interest) = wanted(i, left);
            principal = i == rows.Length - 1 ? left : Math.Clamp(principal, paid, Math.Max(paid, left - paidLater));
            Set(ref rows[i], principal, interest);
            left -= principal;
        }
    }

    private static void Set(ref InstallmentState row, long principal, long interest)
    {
        row.Due = row.Due with
        {
            Principal = principal + row.Returned,
            Interest = Math.Max(interest, row.PlannedInterestPaid) + row.ReturnedIncome.Interest,
        };
        if (!row.Outstanding.IsZero)
            row.PaidOn = null;
    }

    private static long EarnedOf(in InstallmentState row, DateOnly on)
    {
        if (on >= row.DueOn)
            return row.PlannedInterest;
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        var passed = Math.Max(0, on.DayNumber - row.FromOn.DayNumber);
        return Significant.ToMinor((decimal)row.PlannedInterest * passed / days);
    }

    private static InstallmentState[] DaysOf(ReadOnlySpan<InstallmentState> rows)
    {
        var days = new InstallmentState[rows.Length];
        for (var i = 0; i < days.Length; i++)
            (days[i].FromOn, days[i].DueOn) = (rows[i].FromOn, rows[i].DueOn);
        return days;
    }

    private static long Lent(InstallmentBook book)
    {
        var lent = 0L;
        foreach (ref readonly var row in book.Rows)
            if (row is { IsDownPayment: false, IsAdded: false })
                lent += row.PlannedPrincipal;
        return lent;
    }
}
