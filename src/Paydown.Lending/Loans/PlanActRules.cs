using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Loans;

/// <summary>
/// Decides whether an officer may change the installments to come. Each rule takes the act as it would be recorded, and
/// a loan as of the day on which it is decided; null: the officer's organisation has none of this id.
/// </summary>
public static class PlanActRules
{
    /// <summary>The most installments of a loan.</summary>
    public const int InstallmentsMax = 600;

    private const int DaysMax = 3660;

    /// <summary>The most units between two installments.</summary>
    public const int RepayEveryMax = 366;

    /// <summary>The highest yearly rate, in percent.</summary>
    public const int RateMax = 1000;

    /// <summary>Whether installments can be agreed again. The order of the refusals is tested.</summary>
    public static Result<LoanRescheduled> Reschedule(Loan? loan, LoanRescheduled act)
    {
        if (RefusalOf(loan, act) is { } refusal)
            return refusal;
        var changed = loan!.Installments.Where(row => !row.IsDownPayment && row.DueOn >= act.From).ToArray();
        if (changed.Length == 0 || act.From <= DisbursedOn(loan))
            return Refusals.RescheduleFromOutOfRange(DisbursedOn(loan).AddDays(1), loan.Installments[^1].DueOn);
        if (
            act is
            { NewDueOn: null, ExtraInstallments: 0, GracePrincipal: 0, GraceInterest: 0, AnnualRatePercent: null }
        )
            return Refusals.NothingToReschedule();
        var (first, effectiveOn) = (changed[0], EventOrder.EffectiveOn(act));
        var earliest = (first.FromOn > effectiveOn ? first.FromOn : effectiveOn).AddDays(1);
        if (act.NewDueOn is { } due && (due < earliest || due > first.DueOn.AddDays(DaysMax)))
            return Refusals.NewDueDateOutOfRange(earliest, first.DueOn.AddDays(DaysMax));
        var extraMax = InstallmentsMax - loan.Installments.Count;
        if (act.ExtraInstallments < 0 || act.ExtraInstallments > extraMax)
            return Refusals.ExtraInstallmentsOutOfRange(Math.Max(0, extraMax));
        var graceMax = changed.Length + act.ExtraInstallments - 1;
        if (!IsUpTo(act.GracePrincipal, graceMax) || !IsUpTo(act.GraceInterest, graceMax))
            return Refusals.GraceOutOfRange(graceMax);
        return act.AnnualRatePercent is < 0m or > RateMax ? Refusals.NewRateOutOfRange(RateMax) : act;
    }

    /// <summary>Whether what is unpaid can become new installments.</summary>
    public static Result<LoanReAged> ReAge(Loan? loan, LoanReAged act)
    {
        if (RefusalOf(loan, act) is { } refusal)
            return refusal;
        if (act.FirstDueOn <= act.On || act.FirstDueOn > act.On.AddDays(DaysMax))
            return Refusals.NewDueDateOutOfRange(act.On.AddDays(1), act.On.AddDays(DaysMax));
        var countMax = InstallmentsMax - loan!.Installments.Count;
        if (act.Installments < 1 || act.Installments > countMax || !IsUpTo(act.RepayEvery - 1, RepayEveryMax - 1))
            return Refusals.NewInstallmentsOutOfRange(1, Math.Max(1, countMax), RepayEveryMax);
        return loan.Outstanding is { Principal: 0, Interest: 0 } ? Refusals.NothingToMove() : act;
    }

    /// <summary>Whether what is overdue can be spread over the installments to come.</summary>
    public static Result<LoanReAmortized> ReAmortize(Loan? loan, LoanReAmortized act)
    {
        if (RefusalOf(loan, act) is { } refusal)
            return refusal;
        var isOverdue = loan!.Installments.Any(row =>
            row.DueOn < act.On && row.Outstanding is not { Principal: 0, Interest: 0 }
        );
        return isOverdue && loan.Installments.Any(row => row.DueOn > act.On) ? act : Refusals.NothingToMove();
    }

    /// <summary>Whether the loan can be counted as lost, also after its contract was terminated.</summary>
    public static Result<LoanChargedOff> ChargeOff(Loan? loan, LoanChargedOff act) =>
        loan is null ? Refusals.NotFound("loan account")
        : !IsRunning(loan) ? Refusals.LoanNotRunning()
        : loan.ChargedOffOn is not null ? Refusals.LoanGivenUp()
        : RefusalOfDay(loan, act) ?? (Result<LoanChargedOff>)act;

    /// <summary>Whether all principal can be asked for.</summary>
    public static Result<ContractTerminated> Terminate(Loan? loan, ContractTerminated act) =>
        RefusalOf(loan, act) is { } refusal ? refusal : act;

    /// <summary>Whether an act can be taken back: the loan is replayed as if it had never come.</summary>
    /// <param name="loan">As of today.</param>
    /// <param name="events">What the loan was replayed from.</param>
    /// <param name="actId">The event of the act.</param>
    public static Result<LoanAct> TakeBack(Loan? loan, IReadOnlyList<LoanEvent> events, Identifiers.LoanEventId actId)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (events.OfType<LoanAct>().FirstOrDefault(one => one.Id == actId) is not { } act)
            return Refusals.NotFound("act");
        return EventOrder.Of(events, loan.Terms.Allocation.Strategy).IsReversed(actId) ? Refusals.AlreadyUndone() : act;
    }

    private static Refusal? RefusalOf(Loan? loan, LoanAct act)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (!IsRunning(loan))
            return Refusals.LoanNotRunning();
        if (!PlanActs.CanChange(loan.Terms))
            return Refusals.PlanFollowsPayments();
        return loan.Transactions.Any(one => IsEnd(one.Kind) && !one.IsReversed)
            ? Refusals.LoanGivenUp()
            : RefusalOfDay(loan, act);
    }

    private static Refusal? RefusalOfDay(Loan loan, LoanAct act) =>
        act.On < DisbursedOn(loan) || act.On > loan.AsOf
            ? Refusals.ActDateOutOfRange(DisbursedOn(loan), loan.AsOf)
            : null;

    private static bool IsRunning(Loan loan) => loan.Status is LoanStatus.Active or LoanStatus.InArrears;

    private static bool IsEnd(LoanEventKind kind) =>
        kind is LoanEventKind.ChargeOff or LoanEventKind.ContractTermination;

    private static DateOnly DisbursedOn(Loan loan) =>
        loan.Transactions.First(one => one is { Kind: LoanEventKind.Disbursement, IsReversed: false }).On;

    private static bool IsUpTo(int count, int most) => count >= 0 && count <= Math.Max(0, most);
}
