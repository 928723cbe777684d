namespace Paydown.Lending.Loans;

/// <summary>
/// What was agreed: everything that the fold needs besides the events. It never changes during the life of a loan.
/// </summary>
public sealed record LoanTerms
{
    /// <summary>The loan's currency; every amount of its events is in it.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Amount agreed, in minor units.</summary>
    public required long PrincipalMinor { get; init; }

    /// <summary>Yearly nominal rate in percent: 12 is 12 % a year. 0 or more.</summary>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>Installments without the down payment: 1 to 600.</summary>
    public required int NumberOfInstallments { get; init; }

    /// <summary>An installment falls due every this many <see cref="RepayUnit"/>.</summary>
    public int RepayEvery { get; init; } = 1;

    /// <summary>Unit of <see cref="RepayEvery"/>.</summary>
    public PeriodUnit RepayUnit { get; init; } = PeriodUnit.Months;

    /// <summary>Day from which the due dates are foreseen while nothing is disbursed.</summary>
    public required DateOnly SubmittedOn { get; init; }

    /// <summary>First due date where it was agreed; null: one period after disbursement.</summary>
    public DateOnly? FirstDueOn { get; init; }

    /// <summary>Due dates are counted from <see cref="SubmittedOn"/>, not from the disbursement.</summary>
    public bool DueDatesFromSubmission { get; init; }

    /// <summary>
    /// The whole term from disbursement, if it was agreed: the last period is cut or stretched to end there.
    /// </summary>
    public TermLength? FixedLength { get; init; }

    /// <summary>Whether periods can be longer or shorter than the repayment interval.</summary>
    public bool HasBrokenPeriods => FirstDueOn is not null || FixedLength is not null || DueDatesFromSubmission;

    /// <summary>Installments at the start that pay no principal.</summary>
    public int GracePrincipal { get; init; }

    /// <summary>Installments at the start whose interest falls due with the first one after them.</summary>
    public int GraceInterest { get; init; }

    /// <summary>Periods at the start that bear no interest, now or later.</summary>
    public int InterestFreePeriods { get; init; }

    public ScheduleType ScheduleType { get; init; } = ScheduleType.Cumulative;

    public InterestMethod InterestMethod { get; init; } = InterestMethod.DecliningBalance;

    public InterestPeriod InterestPeriod { get; init; } = InterestPeriod.SameAsRepaymentPeriod;

    public Amortization Amortization { get; init; } = Amortization.EqualInstallments;

    public DaysInYear DaysInYear { get; init; } = DaysInYear.Actual;

    public DaysInMonth DaysInMonth { get; init; } = DaysInMonth.Actual;

    /// <summary>With <see cref="DaysInYear.Actual"/> in a progressive schedule: which days count over 366.</summary>
    public LeapDays LeapDays { get; init; } = LeapDays.OfLeapYears;

    public MonthEnd MonthEnd { get; init; } = MonthEnd.ClampToLastDay;

    /// <summary>
    /// Installments are rounded to a multiple of this many major units, unless that would leave one without principal;
    /// null: to the minor unit.
    /// </summary>
    public int? InstallmentMultipleOf { get; init; }

    /// <summary>
    /// Whether interest of a broken period counts its days (with <see cref="InterestPeriod.SameAsRepaymentPeriod"/>).
    /// </summary>
    public bool PartialPeriodInterest { get; init; }

    /// <summary>
    /// Whether a further disbursement of a progressive loan runs the full number of installments of its own, so that
    /// the plan grows longer; otherwise it is spread over the installments that are left.
    /// </summary>
    public bool FullTermTranches { get; init; }

    public DownPayment? DownPayment { get; init; }

    public InterestRecalculation? Recalculation { get; init; }

    /// <summary>True where early and late payments change the interest.</summary>
    public bool RecalculatesInterest =>
        Recalculation is not null && InterestMethod == InterestMethod.DecliningBalance && AnnualRatePercent > 0m;

    /// <summary>
    /// True if all rows of the schedule are made from what was paid (<see cref="InterestBalance.Planned"/>).
    /// </summary>
    public bool RecalculatesRows =>
        RecalculatesInterest
        && ScheduleType == ScheduleType.Cumulative
        && Recalculation!.Balance == InterestBalance.Planned;

    /// <summary>True if interest that has begun to accrue in a period is asked for to its end.</summary>
    public bool RestsOnDueDates =>
        Recalculation is { PreClosure: PreClosure.TillRestFrequencyDate, RestFrequency: RestFrequency.SameAsRepayment };

    public OverduePenalty? OverduePenalty { get; init; }

    public required AllocationPolicy Allocation { get; init; }

    /// <summary>
    /// The components that a chargeback owes again, in this order, each at most what the payment had paid of it; what
    /// is left then is principal. Empty: principal only.
    /// </summary>
    public IReadOnlyList<Component> ChargebackOrder { get; init; } = [];
}

public enum PeriodUnit
{
    Days,
    Weeks,
    Months,
    Years,
}

public enum ScheduleType
{
    Cumulative,
    Progressive,
}

public enum InterestMethod
{
    Flat,
    DecliningBalance,
}

public enum InterestPeriod
{
    SameAsRepaymentPeriod,
    Daily,
}

public enum Amortization
{
    EqualInstallments,
    EqualPrincipal,
}

public enum DaysInYear
{
    Actual,
    Days360,
    Days364,
    Days365,
}

public enum DaysInMonth
{
    Actual,
    Days30,
}

/// <summary>The days that count over 366: all of a leap year, or those of the period with 29 February.</summary>
public enum LeapDays
{
    OfLeapYears,
    OfPeriodWithLeapDay,
}

/// <summary>The length of a term.</summary>
public readonly record struct TermLength(int Count, PeriodUnit Unit);

/// <summary>Where a due date goes whose day the month lacks.</summary>
public enum MonthEnd
{
    ClampToLastDay,
    RollToFirst,
}

/// <summary>A share of the principal due on the day of disbursement, as installment 1.</summary>
/// <param name="Percent">More than 0, less than 100.</param>
/// <param name="Automatic">Collected at once, by itself, at disbursement.</param>
public sealed record DownPayment(decimal Percent, bool Automatic);

/// <summary>Interest accrues on what is really outstanding, so what is paid early or late changes it.</summary>
/// <param name="PreClosure">Till when interest runs if the loan is closed early.</param>
/// <param name="Reschedule">What an early payment does to the installments.</param>
/// <param name="RestFrequency">On which days payments take effect.</param>
/// <param name="RestInterval">On every how many of these days: 1 or more.</param>
/// <param name="Balance">On which balance a cumulative loan bears interest after an early payment.</param>
/// <param name="InterestOnOverdue">Whether principal that is overdue bears interest on.</param>
public sealed record InterestRecalculation(
    PreClosure PreClosure,
    Reschedule Reschedule,
    RestFrequency RestFrequency,
    int RestInterval,
    InterestBalance Balance = InterestBalance.Actual,
    bool InterestOnOverdue = true
);

/// <summary>On which balance interest accrues after an early payment.</summary>
public enum InterestBalance
{
    /// <summary>
    /// On what is really outstanding each day: a payment pays the interest till its day, and the rest of it lowers the
    /// balance from that day on (United States Rule).
    /// </summary>
    Actual,

    /// <summary>
    /// On the planned balance less all that was paid early, though a part of it pays interest: how Apache Fineract
    /// computes cumulative schedules. For CUMULATIVE only.
    /// </summary>
    Planned,
}

public enum PreClosure
{
    TillPreClosureDate,
    TillRestFrequencyDate,
}

public enum Reschedule
{
    ReduceEmiAmount,
    ReduceNumberOfInstallments,
    RescheduleNextRepayments,
    AdjustLastUnpaidPeriod,
}

public enum RestFrequency
{
    SameAsRepayment,
    Daily,
    Weekly,
    Monthly,
}

/// <summary>What an installment that stays unpaid costs, once an installment and period.</summary>
public sealed record OverduePenalty(decimal Percent, OverduePenaltyBase Of, int GraceDays);

public enum OverduePenaltyBase
{
    PrincipalOverdue,
    PrincipalAndInterestOverdue,
}

/// <summary>Which debts a payment settles first.</summary>
public sealed record AllocationPolicy
{
    public required AllocationStrategy Strategy { get; init; }

    /// <summary>Components in order, for <see cref="AllocationStrategy.OldestFirst"/>.</summary>
    public IReadOnlyList<Component> Order { get; init; } = [];

    /// <summary>Components of what is due, for <see cref="AllocationStrategy.DueThenInAdvance"/>.</summary>
    public IReadOnlyList<Component> Due { get; init; } = [];

    /// <summary>Components in advance, for <see cref="AllocationStrategy.DueThenInAdvance"/>.</summary>
    public IReadOnlyList<Component> InAdvance { get; init; } = [];

    /// <summary>The buckets in order, for <see cref="AllocationStrategy.Advanced"/>.</summary>
    public IReadOnlyList<Bucket> Buckets { get; init; } = [];

    public Processing Processing { get; init; } = Processing.Horizontal;

    /// <summary>Where money for the future goes, by kind of transaction.</summary>
    public IReadOnlyDictionary<LoanEventKind, FutureRule> FutureRules { get; init; } =
        new Dictionary<LoanEventKind, FutureRule>();

    /// <summary>
    /// Where money for the future goes for a kind of transaction that <see cref="FutureRules"/> does not name.
    /// </summary>
    public FutureRule DefaultFutureRule { get; init; } = FutureRule.NextInstallment;
}

public enum AllocationStrategy
{
    OldestFirst,
    DueThenInAdvance,
    Advanced,
}

public enum Component
{
    Penalty,
    Fee,
    Interest,
    Principal,
}

public enum DueType
{
    PastDue,
    Due,
    InAdvance,
}

public readonly record struct Bucket(DueType DueType, Component Component);

public enum Processing
{
    Horizontal,
    Vertical,
}

/// <summary>Where money for the future goes.</summary>
public enum FutureRule
{
    /// <summary>To the first future installment, then to the one after it.</summary>
    NextInstallment,

    /// <summary>To the last installment, then to the one before it.</summary>
    LastInstallment,

    /// <summary>In equal parts to all unpaid future installments.</summary>
    Reamortization,

    /// <summary>To the first unpaid future installment; the rest as <see cref="LastInstallment"/>.</summary>
    NextLastInstallment,
}
