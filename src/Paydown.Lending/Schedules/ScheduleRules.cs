using Paydown.Lending.Loans;

namespace Paydown.Lending.Schedules;

/// <summary>
/// Makes the rows of a schedule: due dates, principal and interest. FLAT and DECLINING_BALANCE by equal installments or
/// equal principal; <see cref="ProgressiveSchedule"/> has the installment of progressive loans.
/// </summary>
internal static class ScheduleRules
{
    /// <summary>The schedule of an amount given out on a day.</summary>
    public static InstallmentState[] Build(LoanTerms terms, long principalMinor, DateOnly startOn)
    {
        var first = terms.DownPayment is null ? 0 : 1;
        var rows = new InstallmentState[terms.NumberOfInstallments + first];
        var downPayment = DownPaymentOf(terms, principalMinor);
        if (first == 1)
        {
            rows[0].FromOn = rows[0].DueOn = startOn;
            rows[0].IsDownPayment = true;
            rows[0].Due = new Parts(downPayment, 0, 0, 0);
        }

        Amortize(terms, principalMinor - downPayment, startOn, rows.AsSpan(first));
        return rows;
    }

    /// <summary>
    /// What an amount adds to installments that exist already, from a day in the period of the first of them.
    /// </summary>
    public static InstallmentState[] Amortize(
        LoanTerms terms, long amount, DateOnly startOn, ReadOnlySpan<InstallmentState> existing)
    {
        var rows = new InstallmentState[existing.Length];
        for (var i = 0; i < rows.Length; i++) (rows[i].FromOn, rows[i].DueOn) = (existing[i].FromOn, existing[i].DueOn);
        var days = rows[0].DueOn.DayNumber - rows[0].FromOn.DayNumber;
        var left = rows[0].DueOn.DayNumber - startOn.DayNumber;
        FillRows(terms, amount, startOn, rows, days == 0 ? 1m : (decimal)left / days);
        return rows;
    }

    /// <summary>
    /// The down payment of an amount: a percentage, rounded as installments are; never more than the amount.
    /// </summary>
    public static long DownPaymentOf(LoanTerms terms, long principalMinor) => terms.DownPayment is not { } agreed
        ? 0
        : Math.Min(principalMinor, RoundInstallment(terms, principalMinor * agreed.Percent / 100m));

    /// <summary>How many periods at the start bear no interest.</summary>
    public static int FreeOf(LoanTerms terms) =>
        terms.InterestFreePeriods > terms.GracePrincipal ? terms.InterestFreePeriods : 0;

    private static void Amortize(LoanTerms terms, long amount, DateOnly startOn, Span<InstallmentState> rows)
    {
        var from = startOn;
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i].FromOn = from;
            rows[i].DueOn = from = DueDates.Of(terms, startOn, i + 1);
        }

        FillRows(terms, amount, startOn, rows);
    }

    private static void FillRows(
        LoanTerms terms, long amount, DateOnly startOn, Span<InstallmentState> rows, decimal firstShare = 1m)
    {
        if (terms.InterestMethod == InterestMethod.Flat)
            FlatSchedule(terms, amount, startOn, rows);
        else
            DecliningSchedule(terms, amount, rows, firstShare);
        DeferInterest(terms, rows);
    }

    /// <summary>An installment rounded to the agreed multiple, or to the minor unit. Minor units, HALF_EVEN.</summary>
    public static long RoundInstallment(LoanTerms terms, decimal minor)
    {
        if (terms.InstallmentMultipleOf is not { } multiple || multiple <= 0) return Significant.ToMinor(minor);
        var step = multiple * terms.Currency.MinorUnitsPerMajor;
        return Significant.ToMinor(minor / step) * step;
    }

    /// <summary>The equal installment: P·r / (1 − (1+r)^−n), for a rate per period; P/n without interest.</summary>
    public static long EqualInstallment(LoanTerms terms, long amount, decimal rate, int count)
    {
        if (rate == 0m) return RoundInstallment(terms, (decimal)amount / count);
        return RoundInstallment(terms, amount * rate / (1m - 1m / Significant.Power(1m + rate, count)));
    }

    /// <summary>Principal of equal installments: what the interest leaves of each, the last takes the rest.</summary>
    public static void SpreadInstallment(
        long amount, long installment, ReadOnlySpan<decimal> factors, int grace, Span<InstallmentState> rows)
    {
        var balance = amount;
        for (var i = 0; i < rows.Length; i++)
        {
            var interest = Significant.Interest(balance, factors[i]);
            var principal = i < grace ? 0 : Math.Clamp(installment - interest, 0, balance);
            if (i == rows.Length - 1) principal = balance;
            rows[i].Due = new Parts(principal, interest, 0, 0);
            balance -= principal;
        }
    }

    private static int GraceOf(LoanTerms terms, int count) => Math.Min(terms.GracePrincipal, count - 1);

    private static void FlatSchedule(LoanTerms terms, long amount, DateOnly startOn, Span<InstallmentState> rows)
    {
        var count = rows.Length;
        var grace = GraceOf(terms, count);
        var free = FreeOf(terms);
        var years = DayCount.TermYears(terms, count, startOn, rows[count - 1].DueOn);
        var bearing = Math.Max(1, count - free);
        var charged = free >= count ? 0m : (decimal)bearing / count;
        var total = Significant.ToMinor(Significant.Round(amount * terms.AnnualRatePercent / 100m * years * charged));
        var share = Significant.ToMinor((decimal)total / bearing);
        var installment = terms.Amortization == Amortization.EqualPrincipal
            ? 0
            : RoundInstallment(terms, (decimal)amount / (count - grace) + (decimal)total / bearing);
        var equalPrincipal = Significant.ToMinor((decimal)amount / (count - grace));
        var (balance, interestLeft) = (amount, total);
        for (var i = 0; i < count; i++)
        {
            var interest = i < free ? 0 : i == count - 1 ? interestLeft : Math.Min(share, interestLeft);
            var wanted = terms.Amortization == Amortization.EqualPrincipal ? equalPrincipal : installment - interest;
            var principal = i == count - 1 ? balance : i < grace ? 0 : Math.Clamp(wanted, 0, balance);
            rows[i].Due = new Parts(principal, interest, 0, 0);
            balance -= principal;
            interestLeft -= interest;
        }
    }

    private static void DecliningSchedule(LoanTerms terms, long amount, Span<InstallmentState> rows, decimal firstShare)
    {
        var count = rows.Length;
        Span<decimal> factors = count <= 64 ? stackalloc decimal[count] : new decimal[count];
        var free = FreeOf(terms);
        DayCount.FillFactors(terms, rows, factors);
        factors[..Math.Min(free, count)].Clear();
        if (firstShare != 1m) factors[0] = Significant.Round(factors[0] * firstShare);
        var grace = GraceOf(terms, count);
        if (terms.Amortization == Amortization.EqualPrincipal)
            SpreadPrincipal(amount, factors, grace, rows);
        else if (terms.ScheduleType == ScheduleType.Progressive)
            ProgressiveSchedule.Fill(terms, amount, factors, grace, rows);
        else
            SpreadInstallment(amount, EmiOf(terms, amount, factors[grace..]), factors, grace, rows);
    }

    // A first period of another length is solved for, or the last installment would have to absorb it.
    private static long EmiOf(LoanTerms terms, long amount, ReadOnlySpan<decimal> factors) =>
        terms.FirstDueOn is null
            ? EqualInstallment(terms, amount, DayCount.PeriodRate(terms), factors.Length)
            : ProgressiveSchedule.Installment(terms, amount, factors);

    private static void SpreadPrincipal(
        long amount, ReadOnlySpan<decimal> factors, int grace, Span<InstallmentState> rows)
    {
        var share = Significant.ToMinor((decimal)amount / (rows.Length - grace));
        var balance = amount;
        for (var i = 0; i < rows.Length; i++)
        {
            var principal = i == rows.Length - 1 ? balance : i < grace ? 0 : Math.Min(share, balance);
            rows[i].Due = new Parts(principal, Significant.Interest(balance, factors[i]), 0, 0);
            balance -= principal;
        }
    }

    // Interest grace: the interest of the first installments falls due with the first one after them. Installments that
    // pay interest only (principal grace) go on paying it, and periods free of interest among them defer it: an
    // installment that would pay neither is a delay, not a gift (docs/decisions/0002).
    private static int DeferredOf(LoanTerms terms) =>
        terms.InterestFreePeriods > 0 && terms.InterestFreePeriods <= terms.GracePrincipal ? terms.InterestFreePeriods
        : terms.GraceInterest > terms.GracePrincipal ? terms.GraceInterest
        : 0;

    private static void DeferInterest(LoanTerms terms, Span<InstallmentState> rows)
    {
        var grace = Math.Min(DeferredOf(terms), rows.Length - 1);
        var deferred = 0L;
        for (var i = 0; i < grace; i++)
        {
            deferred += rows[i].Due.Interest;
            rows[i].Due = rows[i].Due with { Interest = 0 };
        }

        if (deferred > 0) rows[grace].Due += new Parts(0, deferred, 0, 0);
    }
}
