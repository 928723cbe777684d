namespace Paydown.Lending.Loans;

/// <summary>An act of an officer that changes how a running loan goes on. Its value date is the first day of it.</summary>
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
