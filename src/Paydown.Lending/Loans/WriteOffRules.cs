using Paydown.Lending.Repayments;

namespace Paydown.Lending.Loans;

/// <summary>
/// Decides whether a loan is written off: by one manager, or above the organisation's four-eyes amount by two.
/// </summary>
public static class WriteOffRules
{
    /// <summary>
    /// <see cref="Verification.FirstApproval"/> where another manager must agree, <see cref="Verification.Verified"/>
    /// where it is written off now. The order in which a refusal wins is tested.
    /// </summary>
    /// <param name="loan">As of today; null: the manager's organisation has none of this id.</param>
    /// <param name="firstApprovedBy">Who has agreed to it, as the loan stands; null: nobody yet.</param>
    /// <param name="fourEyesAboveMinor">The organisation's amount; null: one manager always suffices.</param>
    /// <param name="managerId">Who decides.</param>
    public static Result<Verification> WriteOff(
        Loan? loan, Guid? firstApprovedBy, long? fourEyesAboveMinor, Guid managerId)
    {
        if (loan is null) return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears)) return Refusals.LoanNotRunning();
        if (!(loan.Outstanding.Total > fourEyesAboveMinor)) return Verification.Verified;
        if (firstApprovedBy is null) return Verification.FirstApproval;
        return firstApprovedBy == managerId ? Refusals.SecondOfficerRequired() : Verification.Verified;
    }
}
