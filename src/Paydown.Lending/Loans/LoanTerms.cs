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

    /// <summary>Installments at the start that pay no principal.</summary>
    public int GracePrincipal { get; init; }

    /// <summary>Installments at the start whose interest is deferred.</summary>
    public int GraceInterest { get; init; }

    /// <summary>Periods at the start that bear no interest.</summary>
    public int InterestFreePeriods { get; init; }

    public ScheduleType ScheduleType { get; init; } = ScheduleType.Cumulative;

    public InterestMethod InterestMethod { get; init; } = InterestMethod.DecliningBalance;

    public InterestPeriod InterestPeriod { get; init; } = InterestPeriod.SameAsRepaymentPeriod;

    public Amortization Amortization { get; init; } = Amortization.EqualInstallments;

    public DaysInYear DaysInYear { get; init; } = DaysInYear.Actual;

    public DaysInMonth DaysInMonth { get; init; } = DaysInMonth.Actual;

    public MonthEnd MonthEnd { get; init; } = MonthEnd.ClampToLastDay;

    /// <summary>Installments are rounded to a multiple of this many major units; null: to the minor unit.</summary>
    public int? InstallmentMultipleOf { get; init; }

    /// <summary>
    /// Whether interest of a broken period counts its days (with <see cref="InterestPeriod.SameAsRepaymentPeriod"/>).
    /// </summary>
    public bool PartialPeriodInterest { get; init; }

    public DownPayment? DownPayment { get; init; }

    public InterestRecalculation? Recalculation { get; init; }

    /// <summary>True where early and late payments change the interest.</summary>
    public bool RecalculatesInterest =>
        Recalculation is not null && InterestMethod == InterestMethod.DecliningBalance && AnnualRatePercent > 0m;

    public OverduePenalty? OverduePenalty { get; init; }

    public required AllocationPolicy Allocation { get; init; }

    /// <summary>
    /// The components that a chargeback owes again, in this order, each at most what the payment had paid of it; what
    /// is left then is principal. Empty: principal only.
    /// </summary>
    public IReadOnlyList<Component> ChargebackOrder { get; init; } = [];
}

public enum PeriodUnit { Days, Weeks, Months, Years }

public enum ScheduleType { Cumulative, Progressive }

public enum InterestMethod { Flat, DecliningBalance }

public enum InterestPeriod { SameAsRepaymentPeriod, Daily }

public enum Amortization { EqualInstallments, EqualPrincipal }

public enum DaysInYear { Actual, Days360, Days364, Days365 }

public enum DaysInMonth { Actual, Days30 }

/// <summary>Where a due date goes whose day the month lacks.</summary>
public enum MonthEnd { ClampToLastDay, RollToFirst }

/// <summary>A share of the principal due on the day of disbursement, as installment 1.</summary>
/// <param name="Percent">More than 0, less than 100.</param>
/// <param name="Automatic">Collected at once, by itself, at disbursement.</param>
public sealed record DownPayment(decimal Percent, bool Automatic);

/// <summary>Interest accrues on what is really outstanding, so what is paid early or late changes it.</summary>
public sealed record InterestRecalculation(
    PreClosure PreClosure, Reschedule Reschedule, RestFrequency RestFrequency, int RestInterval);

public enum PreClosure { TillPreClosureDate, TillRestFrequencyDate }

public enum Reschedule { ReduceEmiAmount, ReduceNumberOfInstallments, RescheduleNextRepayments, AdjustLastUnpaidPeriod }

public enum RestFrequency { SameAsRepayment, Daily, Weekly, Monthly }

/// <summary>What an installment that stays unpaid costs, once an installment and period.</summary>
public sealed record OverduePenalty(decimal Percent, OverduePenaltyBase Of, int GraceDays);

public enum OverduePenaltyBase { PrincipalOverdue, PrincipalAndInterestOverdue }

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

public enum AllocationStrategy { OldestFirst, DueThenInAdvance, Advanced }

public enum Component { Penalty, Fee, Interest, Principal }

public enum DueType { PastDue, Due, InAdvance }

public readonly record struct Bucket(DueType DueType, Component Component);

public enum Processing { Horizontal, Vertical }

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
