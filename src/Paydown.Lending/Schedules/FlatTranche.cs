using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// A further disbursement of a flat progressive loan: the interest of what was lent before and of the tranche, in
/// installments that are equal again.
/// </summary>
internal static class FlatTranche
{
    /// <summary>Computes how much each installment grows.</summary>
    /// <param name="terms">The terms with the remaining graces.</param>
    /// <param name="amount">The amount of the tranche, in minor units.</param>
    /// <param name="on">The day of the disbursement.</param>
    /// <param name="lent">Lent before, for the whole term; minor units.</param>
    /// <param name="existing">The remaining installments before the tranche.</param>
    /// <param name="added">The interest of the tranche; receives the differences of principal and interest.</param>
    public static void Fill(
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
            var own = existing[i].PlannedInterest + added[i].Due.Interest;
            if (terms.InterestPeriod == InterestPeriod.Daily && i >= terms.InterestFreePeriods)
            {
                var factor = DayCount.Factor(terms, existing[i].FromOn, existing[i].DueOn);
                if (i == 0)
                    existing[i].Undisbursed += TrancheInterest.Undisbursed(terms, amount, existing[i], on);
                own = TrancheInterest.Of(existing[i], lent + amount, factor);
            }

            added[i].Due = new ComponentAmounts(0, own, 0, 0);
            principal += existing[i].PlannedPrincipal;
            paidLater += existing[i].PlannedPrincipalPaid;
            interest += own;
        }

        var level = ScheduleRules.RoundTo(((decimal)principal + interest) / added.Length, ScheduleRules.StepOf(terms));
        for (var i = 0; i < added.Length; i++)
        {
            var (own, paid) = (added[i].Due.Interest, existing[i].PlannedPrincipalPaid);
            var part =
                i == added.Length - 1 ? principal : Math.Max(paid, Math.Min(level - own, principal - paidLater + paid));
            added[i].Due = new ComponentAmounts(
                part - existing[i].PlannedPrincipal,
                own - existing[i].PlannedInterest,
                0,
                0
            );
            (principal, paidLater) = (principal - part, paidLater - paid);
        }
    }
}
