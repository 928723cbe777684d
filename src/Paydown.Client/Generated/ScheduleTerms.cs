namespace Paydown.Client;

/// <summary>
/// What of the terms of a loan the product fixes about its schedule; the words are those of LoanTerms.
/// </summary>
public sealed partial record ScheduleTerms
{
    /// <summary>How the schedule is computed; docs/replay.md shows both ways. Null: CUMULATIVE.</summary>
    public ScheduleType? ScheduleType { get; init; }

    /// <summary>
    /// Whether interest is charged on the outstanding principal (DECLINING_BALANCE) or on the original principal
    /// (FLAT). Null: DECLINING_BALANCE.
    /// </summary>
    public InterestMethod? InterestMethod { get; init; }

    /// <summary>Whether interest is computed per day or per repayment period. Null: SAME_AS_REPAYMENT_PERIOD.</summary>
    public InterestPeriod? InterestPeriod { get; init; }

    /// <summary>Whether installments or their principal are equal. Null: EQUAL_INSTALLMENTS.</summary>
    public Amortization? Amortization { get; init; }

    /// <summary>
    /// The number of days in a year, for interest by days or weeks; a month is always a twelfth. Null: ACTUAL.
    /// </summary>
    public DaysInYear? DaysInYear { get; init; }

    /// <summary>DAYS30 counts 30 days in every month; ACTUAL counts calendar days. Null: ACTUAL.</summary>
    public DaysInMonth? DaysInMonth { get; init; }

    /// <summary>Which day replaces a due date that the month does not have. Null: CLAMP_TO_LAST_DAY.</summary>
    public MonthEnd? MonthEnd { get; init; }

    /// <summary>
    /// Rounds installments to a multiple of this many major units, unless that would leave an installment without
    /// principal.
    /// </summary>
    public int? InstallmentMultipleOf { get; init; }

    /// <summary>Whether interest for a partial period is charged by days. Null: false.</summary>
    public bool? PartialPeriodInterest { get; init; }

    /// <summary>The number of first installments without principal. Null: 0.</summary>
    public int? GracePrincipal { get; init; }

    /// <summary>The number of first installments whose interest falls due later. Null: 0.</summary>
    public int? GraceInterest { get; init; }

    /// <summary>The number of first periods that bear no interest. Null: 0.</summary>
    public int? InterestFreePeriods { get; init; }

    /// <summary>A share of each disbursement that is due on the day of disbursement. Null: none.</summary>
    public DownPayment? DownPayment { get; init; }

    /// <summary>Computes interest on the actual balance instead of the plan. Null: interest follows the plan.</summary>
    public InterestRecalculation? Recalculation { get; init; }
}
