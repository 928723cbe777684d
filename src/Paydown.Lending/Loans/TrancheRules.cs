namespace Paydown.Lending.Loans;

/// <summary>Decides whether a loan that was paid out in part can be paid out further.</summary>
public static class TrancheRules
{
    /// <summary>Null where a further disbursement may be made.</summary>
    /// <param name="loan">As of the day of the disbursement.</param>
    public static Refusal? DisburseMore(Loan loan)
    {
        if (loan.Status is LoanStatus.WrittenOff) return Refusals.LoanNotRunning();
        var isRecalculated = loan.Terms is { RecalculatesInterest: true, ScheduleType: ScheduleType.Cumulative };
        return isRecalculated ? Refusals.FurtherDisbursementNotAvailable() : null;
    }
}
