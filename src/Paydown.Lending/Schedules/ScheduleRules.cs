using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// Makes the rows of a schedule: due dates, principal and interest. <see cref="FlatSchedule"/> and
/// <see cref="DecliningSchedule"/> have the arithmetic; the graces are the same for both. They do not depend on each
/// other: a principal grace asks for no principal, an interest grace defers interest to the first installment after it,
/// and a period free of interest bears none, now or later.
/// </summary>
internal static class ScheduleRules
{
    /// <summary>The schedule of an amount disbursed on a day.</summary>
    public static InstallmentState[] Build(LoanTerms terms, long principalMinor, DateOnly startOn)
    {
        var first = terms.DownPayment is null ? 0 : 1;
        var rows = new InstallmentState[terms.NumberOfInstallments + first];
        var downPayment = DownPaymentOf(terms, principalMinor);
        if (first == 1)
        {
            rows[0].FromOn = rows[0].DueOn = startOn;
            rows[0].IsDownPayment = true;
            rows[0].Due = new ComponentAmounts(downPayment, 0, 0, 0);
        }

        Amortize(terms, principalMinor - downPayment, startOn, rows.AsSpan(first));
        return rows;
    }

    /// <summary>
    /// What an amount adds to installments that exist already, from a day in the period of the first of them.
    /// </summary>
    public static InstallmentState[] Amortize(
        LoanTerms terms,
        long amount,
        DateOnly startOn,
        ReadOnlySpan<InstallmentState> existing
    )
    {
        var rows = new InstallmentState[existing.Length];
        for (var i = 0; i < rows.Length; i++)
            (rows[i].FromOn, rows[i].DueOn) = (existing[i].FromOn, existing[i].DueOn);
        FillRows(terms, amount, startOn, rows, ShareFrom(rows[0], startOn));
        return rows;
    }

    /// <summary>
    /// The down payment of an amount: a percentage, rounded as installments are. If that gives nothing, or
    /// everything, it is rounded to the minor unit.
    /// </summary>
    public static long DownPaymentOf(LoanTerms terms, long principalMinor)
    {
        if (terms.DownPayment is not { } agreed)
            return 0;
        var exact = principalMinor * agreed.Percent / 100m;
        var rounded = RoundTo(exact, StepOf(terms));
        return rounded > 0 && rounded < principalMinor ? rounded : Math.Min(principalMinor, RoundTo(exact, 1));
    }

    /// <summary>Installments are rounded to a multiple of this, in minor units: 1 if none was agreed.</summary>
    public static long StepOf(LoanTerms terms) =>
        terms.InstallmentMultipleOf is { } multiple and > 0 ? multiple * terms.Currency.MinorUnitsPerMajor : 1;

    /// <summary>Rounds minor units to a multiple of a step, HALF_EVEN.</summary>
    public static long RoundTo(decimal minor, long step) => Significant.ToMinor(minor / step) * step;

    /// <summary>The number of first installments without principal; at least one installment pays principal.</summary>
    public static int GraceOf(LoanTerms terms, int count) => Math.Min(terms.GracePrincipal, count - 1);

    /// <summary>Moves the interest of the first installments to the first one after the interest grace.</summary>
    public static void DeferInterest(LoanTerms terms, Span<InstallmentState> rows)
    {
        var grace = Math.Min(terms.GraceInterest, rows.Length - 1);
        var deferred = 0L;
        for (var i = 0; i < grace; i++)
        {
            deferred += rows[i].Due.Interest;
            rows[i].Due = rows[i].Due with { Interest = 0 };
        }

        if (deferred > 0)
            rows[grace].Due += new ComponentAmounts(0, deferred, 0, 0);
    }

    // The part of a period that is left from a day on.
    private static decimal ShareFrom(in InstallmentState row, DateOnly on)
    {
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        return days == 0 ? 1m : (decimal)(row.DueOn.DayNumber - on.DayNumber) / days;
    }

    private static void Amortize(LoanTerms terms, long amount, DateOnly startOn, Span<InstallmentState> rows)
    {
        var from = DueDates.FirstFrom(terms, startOn);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i].FromOn = from;
            rows[i].DueOn = from = DueDates.Of(terms, startOn, i + 1);
        }

        FillRows(terms, amount, startOn, rows, ShareFrom(rows[0], startOn));
    }

    private static void FillRows(
        LoanTerms terms,
        long amount,
        DateOnly startOn,
        Span<InstallmentState> rows,
        decimal firstShare
    )
    {
        if (terms.InterestMethod == InterestMethod.DecliningBalance)
        {
            DecliningSchedule.Fill(terms, amount, rows, firstShare);
            return;
        }

        FlatSchedule.Fill(terms, amount, startOn, rows, firstShare);
        DeferInterest(terms, rows);
    }
}
