using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>An act of an officer that changes how a running loan goes on, from its value date.</summary>
public abstract record LoanAct : LoanEvent
{
    private protected LoanAct() { }
}

/// <summary>
/// The clock of the days past due stands still from the value date on: these days do not count, and bring no penalty
/// and no other bucket. Settled by the published table C2992.
/// </summary>
public sealed record ArrearsPaused : LoanAct
{
    /// <summary>The last day of the pause.</summary>
    public required DateOnly Through { get; init; }

    public override LoanEventKind Kind => LoanEventKind.ArrearsPause;

    public override bool HasTransaction => false;
}

/// <summary>The clock of the days past due runs again: the value date counts. Settled by C2992.</summary>
public sealed record ArrearsResumed : LoanAct
{
    public override LoanEventKind Kind => LoanEventKind.ArrearsResumption;

    public override bool HasTransaction => false;
}

/// <summary>
/// The installments from a day on are agreed again. It counts from the day before <see cref="From"/>, or from its value
/// date if that is earlier. Settled by C2805 (due dates), C2806 (more installments), C2809, C3215 and C3217 (another
/// rate), C3388 (due dates with recalculated interest).
/// </summary>
public sealed record LoanRescheduled : LoanAct
{
    /// <summary>The first installment that falls due on or after this day is the first one changed.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Its due date from now on; those after it follow in the agreed interval. Null: they stay.</summary>
    public DateOnly? NewDueOn { get; init; }

    /// <summary>So many installments more.</summary>
    public int ExtraInstallments { get; init; }

    /// <summary>So many of the changed installments pay no principal.</summary>
    public int GracePrincipal { get; init; }

    /// <summary>So many of the changed installments defer their interest to the first one after them.</summary>
    public int GraceInterest { get; init; }

    /// <summary>
    /// The yearly rate in percent that <see cref="From"/> is the first day of; flat interest has it from the first
    /// changed installment on. Null: as before.
    /// </summary>
    public decimal? AnnualRatePercent { get; init; }

    public override LoanEventKind Kind => LoanEventKind.Reschedule;

    public override bool HasTransaction => false;
}

/// <summary>
/// All unpaid principal, and the interest earned so far, leave their installments and become new ones. Fees and
/// penalties do not move. Settled by C3051 and C4075.
/// </summary>
public sealed record LoanReAged : LoanAct
{
    /// <summary>The due date of the first new installment: after the value date.</summary>
    public required DateOnly FirstDueOn { get; init; }

    /// <summary>How many new installments: 1 or more.</summary>
    public required int Installments { get; init; }

    /// <summary>A new installment falls due every this many <see cref="RepayUnit"/>.</summary>
    public required int RepayEvery { get; init; }

    /// <summary>Unit of <see cref="RepayEvery"/>.</summary>
    public required PeriodUnit RepayUnit { get; init; }

    /// <summary>Where the interest goes that left its installment.</summary>
    public MovedInterest MovedInterest { get; init; }

    public override LoanEventKind Kind => LoanEventKind.ReAge;
}

/// <summary>
/// Overdue principal and interest leave their installments and are spread over those to come. Settled by C3075 and
/// C4304.
/// </summary>
public sealed record LoanReAmortized : LoanAct
{
    /// <summary>Where the interest goes that left its installment.</summary>
    public MovedInterest MovedInterest { get; init; }

    public override LoanEventKind Kind => LoanEventKind.ReAmortization;
}

/// <summary>
/// No interest from the value date through a day. Installments keep their amount. Only interest that is recalculated
/// can be paused. Settled by C3475 and C4146.
/// </summary>
public sealed record InterestPaused : LoanAct
{
    /// <summary>The last day without interest.</summary>
    public required DateOnly Through { get; init; }

    public override LoanEventKind Kind => LoanEventKind.InterestPause;

    public override bool HasTransaction => false;
}

/// <summary>
/// The lender counts the loan as lost, but the customer owes it still. The terms say what becomes of the plan. Settled
/// by C2761, C3339, C3344 and C3352.
/// </summary>
public sealed record LoanChargedOff : LoanAct
{
    public override LoanEventKind Kind => LoanEventKind.ChargeOff;
}

/// <summary>
/// All principal falls due on the value date, with interest until then; later installments fall away. Settled by C3679.
/// </summary>
public sealed record ContractTerminated : LoanAct
{
    public override LoanEventKind Kind => LoanEventKind.ContractTermination;
}
