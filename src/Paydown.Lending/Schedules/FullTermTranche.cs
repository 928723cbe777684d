using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// A further disbursement that runs for its own full term: two plans beside each other. Their installments add up, and
/// the last one takes the rest.
/// </summary>
internal static class FullTermTranche
{
    /// <summary>True if further disbursements of these terms run for a full term.</summary>
    public static bool Applies(LoanTerms terms) =>
        terms
            is {
                FullTermTranches: true,
                ScheduleType: ScheduleType.Progressive,
                InterestMethod: InterestMethod.DecliningBalance,
                Amortization: Amortization.EqualInstallments,
            };

    /// <summary>Computes how much each installment grows.</summary>
    /// <param name="terms">The terms with the remaining graces.</param>
    /// <param name="amount">The amount of the tranche, in minor units.</param>
    /// <param name="existing">The remaining installments before the tranche.</param>
    /// <param name="added">The plan of the tranche; receives the differences of principal and interest.</param>
    public static void Fill(
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
            var factor =
                i < terms.InterestFreePeriods ? 0m : DayCount.Factor(terms, existing[i].FromOn, existing[i].DueOn);
            var interest = TrancheInterest.Of(existing[i], balance, factor);
            var level = existing[i].PlannedPrincipal + existing[i].PlannedInterest + added[i].Due.Total;
            // What is paid of an installment stays in it, and what is paid of later ones is left for them.
            var paid = existing[i].PlannedPrincipalPaid;
            paidLater -= paid;
            var principal =
                i == added.Length - 1
                    ? balance
                    : Math.Max(Math.Min(paid, balance), Math.Min(level - interest, balance - paidLater));
            added[i].Due = new ComponentAmounts(
                principal - existing[i].PlannedPrincipal,
                interest - existing[i].PlannedInterest,
                0,
                0
            );
            balance -= principal;
        }
    }
}
