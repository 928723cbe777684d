using Paydown.Lending.Amounts;

namespace Paydown.Lending.Terms;

/// <summary>
/// The agreed terms: everything that a replay needs besides the events. They never change during the life of a loan.
/// </summary>
public sealed record LoanTerms
{
    /// <summary>The loan's currency; every amount of its events is in it.</summary>
    public Currency Currency => Principal.Currency;

    /// <summary>Amount agreed.</summary>
    public required Money Principal { get; init; }

    /// <summary>Yearly nominal rate in percent: 12 is 12 % a year. 0 or more.</summary>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>Installments without the down payment: 1 to 600.</summary>
    public required int NumberOfInstallments { get; init; }

    /// <summary>An installment falls due every this many <see cref="RepayUnit"/>.</summary>
    public int RepayEvery { get; init; } = 1;

    /// <summary>Unit of <see cref="RepayEvery"/>.</summary>
    public PeriodUnit RepayUnit { get; init; } = PeriodUnit.Months;

    /// <summary>The day from which due dates are planned until the loan is disbursed.</summary>
    public required DateOnly SubmittedOn { get; init; }

    /// <summary>The agreed first due date; null: one period after disbursement.</summary>
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

    /// <summary>
    /// Whether the first day of a period bears interest and its due date does not; otherwise the other way round. It
    /// matters where days of a leap year count differently.
    /// </summary>
    public bool InterestFromFirstDay { get; init; }

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
    /// Whether a further disbursement of a progressive loan runs over the full number of installments, which makes the
    /// plan longer; otherwise it is spread over the installments that are left.
    /// </summary>
    public bool FullTermTranches { get; init; }

    public DownPayment? DownPayment { get; init; }

    public InterestRecalculation? Recalculation { get; init; }

    /// <summary>True if early and late payments change the interest.</summary>
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

    /// <summary>What an installment may owe without being overdue; null: nothing.</summary>
    public ArrearsTolerance? ArrearsTolerance { get; init; }

    /// <summary>What a charge-off does to the installments to come.</summary>
    public ChargeOffEffect ChargeOff { get; init; }

    public required AllocationPolicy Allocation { get; init; }

    /// <summary>
    /// The components that are owed again after a chargeback, in this order, each at most as far as the payment had
    /// paid it; the rest is principal. Empty: principal only.
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

/// <summary>The due date in a month that lacks the day.</summary>
public enum MonthEnd
{
    ClampToLastDay,
    RollToFirst,
}

/// <summary>A share of the principal due on the day of disbursement, as installment 1.</summary>
/// <param name="Percent">More than 0, less than 100.</param>
/// <param name="Automatic">Collected automatically at disbursement.</param>
public sealed record DownPayment(decimal Percent, bool Automatic);
