using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Decides whether a partly disbursed loan can be disbursed further.</summary>
public static class TrancheRules
{
    /// <summary>
    /// Whether a loan of these terms can be paid out in several parts. Cumulative loans with recalculated interest
    /// cannot.
    /// </summary>
    public static bool CanBeSplit(LoanTerms terms) =>
        terms.ScheduleType == ScheduleType.Progressive || !terms.RecalculatesInterest;

    /// <summary>Null if a further disbursement may be made.</summary>
    /// <param name="loan">As of the day of the disbursement.</param>
    public static Refusal? DisburseMore(Loan loan)
    {
        if (loan.Status is LoanStatus.WrittenOff)
            return Refusals.LoanNotRunning();
        return CanBeSplit(loan.Terms) ? null : Refusals.FurtherDisbursementNotAvailable();
    }
}
