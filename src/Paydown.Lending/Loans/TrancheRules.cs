using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Decides which loans can be paid out in several parts.</summary>
public static class TrancheRules
{
    /// <summary>
    /// Whether a loan of these terms can be paid out in several parts. The interest of a cumulative loan with
    /// recalculation follows a single disbursement, so its first part must be the whole.
    /// </summary>
    public static bool CanBeSplit(LoanTerms terms) =>
        terms.ScheduleType == ScheduleType.Progressive || !terms.RecalculatesInterest;
}
