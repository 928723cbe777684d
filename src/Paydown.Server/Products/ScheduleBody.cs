using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>How a product's schedule is computed, in a request or a file.</summary>
internal static class ScheduleBody
{
    private static readonly ScheduleTerms Defaults = new();
    private static readonly Field<ScheduleType> ScheduleType = Field
        .OneOf<ScheduleType>(
            "scheduleType",
            "How the schedule is computed; docs/replay.md shows both ways. Absent: CUMULATIVE."
        )
        .Or(Defaults.ScheduleType);
    private static readonly Field<InterestMethod> InterestMethod = Field
        .OneOf<InterestMethod>(
            "interestMethod",
            "Whether interest is charged on the outstanding principal (DECLINING_BALANCE) or on the original principal "
                + "(FLAT). Absent: DECLINING_BALANCE."
        )
        .Or(Defaults.InterestMethod)
        .WithExample("DECLINING_BALANCE");
    private static readonly Field<InterestPeriod> InterestPeriod = Field
        .OneOf<InterestPeriod>(
            "interestPeriod",
            "Whether interest is computed per day or per repayment period. Absent: SAME_AS_REPAYMENT_PERIOD."
        )
        .Or(Defaults.InterestPeriod);
    private static readonly Field<Amortization> Amortization = Field
        .OneOf<Amortization>(
            "amortization",
            "Whether installments or their principal are equal. Absent: EQUAL_INSTALLMENTS."
        )
        .Or(Defaults.Amortization);
    private static readonly Field<DaysInYear> DaysInYear = Field
        .OneOf<DaysInYear>(
            "daysInYear",
            "The number of days in a year, for interest by days or weeks; a month is always a twelfth. Absent: ACTUAL."
        )
        .Or(Defaults.DaysInYear);
    private static readonly Field<DaysInMonth> DaysInMonth = Field
        .OneOf<DaysInMonth>(
            "daysInMonth",
            "DAYS30 counts 30 days in every month; ACTUAL counts calendar days. Absent: ACTUAL."
        )
        .Or(Defaults.DaysInMonth);
    private static readonly Field<MonthEnd> MonthEnd = Field
        .OneOf<MonthEnd>(
            "monthEnd",
            "Which day replaces a due date that the month does not have. Absent: CLAMP_TO_LAST_DAY."
        )
        .Or(Defaults.MonthEnd);
    private static readonly Field<int?> InstallmentMultipleOf = Field
        .Integer(
            "installmentMultipleOf",
            "Rounds installments to a multiple of this many major units, unless that would leave an installment "
                + "without principal.",
            1,
            1_000_000
        )
        .Optional();
    private static readonly Field<bool> PartialPeriodInterest = Field
        .Boolean("partialPeriodInterest", "Whether interest for a partial period is charged by days. Absent: false.")
        .Or(false)
        .WithExample(false);
    private static readonly Field<int> GracePrincipal = Field
        .Integer("gracePrincipal", "The number of first installments without principal. Absent: 0.", 0, 599)
        .Or(0)
        .WithExample(0);
    private static readonly Field<int> GraceInterest = Field
        .Integer("graceInterest", "The number of first installments whose interest falls due later. Absent: 0.", 0, 599)
        .Or(0)
        .WithExample(0);
    private static readonly Field<int> InterestFreePeriods = Field
        .Integer("interestFreePeriods", "The number of first periods that bear no interest. Absent: 0.", 0, 599)
        .Or(0)
        .WithExample(0);
    private static readonly Field<decimal> DownPaymentPercent = Field
        .Rate("percent", "Percent of the disbursed principal: more than 0 and less than 100.", 0, 100)
        .WithExample(10);
    private static readonly Field<bool> DownPaymentAutomatic = Field
        .Boolean("automatic", "Whether it is collected at disbursement. Absent: false.")
        .Or(false);
    private static readonly Field<FieldValues?> DownPayment = Field
        .Object(
            "downPayment",
            "A share of each disbursement that is due on the day of disbursement. Absent: none.",
            DownPaymentPercent,
            DownPaymentAutomatic
        )
        .Optional();
    private static readonly Field<PreClosure> PreClosure = Field.OneOf<PreClosure>(
        "preClosure",
        "Until when interest accrues if the loan is closed early."
    );
    private static readonly Field<Reschedule> Reschedule = Field
        .OneOf<Reschedule>("reschedule", "How an early payment changes the installments.")
        .WithExample("ADJUST_LAST_UNPAID_PERIOD");
    private static readonly Field<RestFrequency> RestFrequency = Field
        .OneOf<RestFrequency>("restFrequency", "On which rest dates payments change the balance that bears interest.")
        .WithExample("DAILY");
    private static readonly Field<int> RestInterval = Field
        .Integer("restInterval", "Every Nth rest date counts. Absent: 1.", 1, 365)
        .Or(1);
    private static readonly Field<InterestBalance> Balance = Field
        .OneOf<InterestBalance>(
            "balance",
            "The balance that bears interest in a CUMULATIVE schedule after an early payment. ACTUAL: the balance "
                + "outstanding each day. PLANNED: the planned balance less early payments, as in Apache Fineract. "
                + "Absent: ACTUAL."
        )
        .Or(InterestBalance.Actual);
    private static readonly Field<bool> InterestOnOverdue = Field
        .Boolean("interestOnOverdue", "Whether overdue principal keeps bearing interest. Absent: true.")
        .Or(true);
    private static readonly Field<FieldValues?> Recalculation = Field
        .Object(
            "recalculation",
            "Computes interest on the actual balance instead of the plan. Absent: interest follows the plan.",
            PreClosure,
            Reschedule,
            RestFrequency,
            RestInterval,
            Balance,
            InterestOnOverdue
        )
        .Optional();

    /// <summary>The schedule of a product's definition.</summary>
    public static readonly Field<FieldValues?> Schedule = Field
        .Object(
            "schedule",
            "How the schedule is computed.",
            ScheduleType,
            InterestMethod,
            InterestPeriod,
            Amortization,
            DaysInYear,
            DaysInMonth,
            MonthEnd,
            InstallmentMultipleOf,
            PartialPeriodInterest,
            GracePrincipal,
            GraceInterest,
            InterestFreePeriods,
            DownPayment,
            Recalculation
        )
        .Optional();

    /// <summary>
    /// Returns the schedule of a product. Omitted fields have the defaults of <see cref="ScheduleTerms"/>.
    /// </summary>
    public static ScheduleTerms Read(FieldValues schedule) =>
        new()
        {
            ScheduleType = schedule.Get(ScheduleType),
            InterestMethod = schedule.Get(InterestMethod),
            InterestPeriod = schedule.Get(InterestPeriod),
            Amortization = schedule.Get(Amortization),
            DaysInYear = schedule.Get(DaysInYear),
            DaysInMonth = schedule.Get(DaysInMonth),
            MonthEnd = schedule.Get(MonthEnd),
            InstallmentMultipleOf = schedule.Get(InstallmentMultipleOf),
            PartialPeriodInterest = schedule.Get(PartialPeriodInterest),
            GracePrincipal = schedule.Get(GracePrincipal),
            GraceInterest = schedule.Get(GraceInterest),
            InterestFreePeriods = schedule.Get(InterestFreePeriods),
            DownPayment = schedule.Get(DownPayment) is { } down
                ? new(down.Get(DownPaymentPercent), down.Get(DownPaymentAutomatic))
                : null,
            Recalculation = schedule.Get(Recalculation) is { } recalculation ? ReadRecalculation(recalculation) : null,
        };

    private static InterestRecalculation ReadRecalculation(FieldValues recalculation) =>
        new(
            recalculation.Get(PreClosure),
            recalculation.Get(Reschedule),
            recalculation.Get(RestFrequency),
            recalculation.Get(RestInterval),
            recalculation.Get(Balance),
            recalculation.Get(InterestOnOverdue)
        );
}
