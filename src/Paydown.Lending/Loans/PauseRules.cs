using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Decides whether an officer may pause the clock of the days past due, or let it run again.</summary>
public static class PauseRules
{
    /// <summary>The longest pause, in days.</summary>
    public const int DaysMax = 366;

    /// <summary>The days of the pause. The order of the refusals is tested.</summary>
    /// <param name="loan">As of today; null: the officer's organisation has none of this id.</param>
    /// <param name="from">The first day; it may lie in the past, since the loan is replayed.</param>
    /// <param name="through">The last day.</param>
    public static Result<DayRange> PauseArrears(Loan? loan, DateOnly from, DateOnly through)
    {
        if (RefusalOf(loan, from, through) is { } refusal)
            return refusal;
        return loan!.ArrearsPauses.Any(pause => pause.From <= through && from <= pause.Through)
            ? Refusals.AlreadyPaused()
            : new DayRange(from, through);
    }

    /// <summary>The first day that counts again.</summary>
    /// <param name="loan">As of today; null: the officer's organisation has none of this id.</param>
    /// <param name="on">A day of the pause that ends.</param>
    public static Result<DateOnly> ResumeArrears(Loan? loan, DateOnly on)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        return loan.ArrearsPauses.Any(pause => pause.From <= on && on <= pause.Through) ? on : Refusals.NotPaused();
    }

    /// <summary>The days without interest. The order of the refusals is tested.</summary>
    /// <param name="loan">As of today; null: the officer's organisation has none of this id.</param>
    /// <param name="from">The first day without interest.</param>
    /// <param name="through">The last one.</param>
    public static Result<DayRange> PauseInterest(Loan? loan, DateOnly from, DateOnly through)
    {
        if (RefusalOf(loan, from, through) is { } refusal)
            return refusal;
        if (!loan!.Terms.RecalculatesInterest || !PlanActs.CanChange(loan.Terms))
            return Refusals.InterestIsFixed();
        return loan.InterestPauses.Any(pause => pause.From <= through && from <= pause.Through)
            ? Refusals.AlreadyPaused()
            : new DayRange(from, through);
    }

    private static Refusal? RefusalOf(Loan? loan, DateOnly from, DateOnly through)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        var disbursedOn = loan.Transactions.First(one => one.Kind == LoanEventKind.Disbursement).On;
        return from < disbursedOn || through < from || through.DayNumber - from.DayNumber >= DaysMax
            ? Refusals.PauseOutOfRange(disbursedOn, DaysMax)
            : null;
    }
}
