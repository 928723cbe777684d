using Paydown.Lending.Terms;

namespace Paydown.Lending.Products;

/// <summary>
/// Checks which parts of a schedule go together. Settings that the arithmetic would silently ignore are refused, so
/// that no lender promises them.
/// </summary>
internal static class ScheduleTermsRules
{
    private const int MultipleMax = 1_000_000;
    private const int RestIntervalMax = 365;

    public static void Check(LoanProduct product, ProductErrors errors)
    {
        var schedule = product.Schedule;
        CheckMethods(schedule, errors);
        CheckDays(schedule, product.DurationUnit, errors);
        CheckGraces(schedule, product.DurationMin, errors);
        if (schedule.InstallmentMultipleOf is { } multiple)
            errors.CheckRange(multiple, 1, MultipleMax, "schedule.installmentMultipleOf");
        if (schedule.DownPayment is { } downPayment)
        {
            errors.CheckShare(downPayment.Percent, "schedule.downPayment.percent");
            errors.Unless(
                downPayment.Percent != 100,
                "schedule.downPayment.percent",
                "must be less than 100: nothing is lent."
            );
        }

        if (schedule.Recalculation is { } recalculation)
            CheckRecalculation(recalculation, product, errors);
    }

    private static void CheckMethods(ScheduleTerms schedule, ProductErrors errors)
    {
        var isFlat = schedule.InterestMethod == InterestMethod.Flat;
        var isProgressive = schedule.ScheduleType == ScheduleType.Progressive;
        errors.Unless(
            !isFlat || !isProgressive,
            "schedule.scheduleType",
            "PROGRESSIVE needs interestMethod DECLINING_BALANCE; FLAT interest needs CUMULATIVE."
        );
        errors.Unless(
            !isProgressive || schedule.InterestPeriod != InterestPeriod.Daily,
            "schedule.interestPeriod",
            "DAILY is for CUMULATIVE: a PROGRESSIVE schedule counts the days by daysInYear and daysInMonth."
        );
        errors.Unless(
            !schedule.PartialPeriodInterest
                || (!isFlat && !isProgressive && schedule.InterestPeriod == InterestPeriod.SameAsRepaymentPeriod),
            "schedule.partialPeriodInterest",
            "is for a CUMULATIVE schedule of DECLINING_BALANCE with interestPeriod SAME_AS_REPAYMENT_PERIOD; "
                + "elsewhere it would change nothing."
        );
    }

    private static void CheckDays(ScheduleTerms schedule, PeriodUnit unit, ProductErrors errors)
    {
        if (schedule.DaysInMonth != DaysInMonth.Days30)
            return;
        errors.Unless(
            unit is PeriodUnit.Months or PeriodUnit.Years,
            "schedule.daysInMonth",
            "DAYS30 needs durationUnit MONTHS or YEARS: days and weeks are counted as the calendar has them."
        );
        errors.Unless(
            schedule.ScheduleType != ScheduleType.Progressive || schedule.DaysInYear != DaysInYear.Actual,
            "schedule.daysInMonth",
            "DAYS30 needs daysInYear DAYS360, DAYS364 or DAYS365 in a PROGRESSIVE schedule: ACTUAL counts the days of "
                + "the calendar."
        );
    }

    private static void CheckGraces(ScheduleTerms schedule, int durationMin, ProductErrors errors)
    {
        CheckGrace(schedule.GracePrincipal, "schedule.gracePrincipal", "to pay principal");
        CheckGrace(schedule.GraceInterest, "schedule.graceInterest", "to pay interest");
        CheckGrace(schedule.InterestFreePeriods, "schedule.interestFreePeriods", "to bear interest");

        void CheckGrace(int periods, string field, string forWhat) =>
            errors.Unless(
                periods >= 0 && periods < Math.Max(1, durationMin),
                field,
                $"must be from 0 to {Math.Max(1, durationMin) - 1}, which leaves an installment {forWhat} "
                    + "in a loan of minimumDuration."
            );
    }

    private static void CheckRecalculation(
        InterestRecalculation recalculation,
        LoanProduct product,
        ProductErrors errors
    )
    {
        var schedule = product.Schedule;
        var isProgressive = schedule.ScheduleType == ScheduleType.Progressive;
        errors.Unless(
            schedule.InterestMethod == InterestMethod.DecliningBalance,
            "schedule.recalculation",
            "needs interestMethod DECLINING_BALANCE: FLAT interest is agreed once for all."
        );
        errors.CheckRange(recalculation.RestInterval, 1, RestIntervalMax, "schedule.recalculation.restInterval");
        errors.Unless(
            recalculation.RestFrequency != RestFrequency.SameAsRepayment || recalculation.RestInterval == 1,
            "schedule.recalculation.restInterval",
            "must be 1 with restFrequency SAME_AS_REPAYMENT."
        );
        errors.Unless(
            !isProgressive || recalculation.Reschedule == Reschedule.AdjustLastUnpaidPeriod,
            "schedule.recalculation.reschedule",
            "must be ADJUST_LAST_UNPAID_PERIOD with PROGRESSIVE: the installments keep their amount, and the last "
                + "absorbs."
        );
        errors.Unless(
            recalculation.InterestOnOverdue || isProgressive || recalculation.Balance == InterestBalance.Actual,
            "schedule.recalculation.interestOnOverdue",
            "must be true with balance PLANNED."
        );
        errors.Unless(
            !isProgressive || recalculation.Balance == InterestBalance.Actual,
            "schedule.recalculation.balance",
            "must be ACTUAL with PROGRESSIVE."
        );
        errors.Unless(
            isProgressive
                || recalculation.Balance == InterestBalance.Planned
                || recalculation.Reschedule != Reschedule.RescheduleNextRepayments,
            "schedule.recalculation.reschedule",
            "must not be RESCHEDULE_NEXT_REPAYMENTS with balance ACTUAL: an installment that was paid is never asked "
                + "for again."
        );
        errors.Unless(
            isProgressive || schedule.GraceInterest == 0,
            "schedule.graceInterest",
            "must be 0 if a CUMULATIVE schedule recalculates interest; PROGRESSIVE can do both."
        );
        errors.Unless(
            isProgressive || schedule.InterestFreePeriods == 0,
            "schedule.interestFreePeriods",
            "must be 0 if a CUMULATIVE schedule recalculates interest; PROGRESSIVE can do both."
        );
        errors.Unless(
            isProgressive || product.Allocation.Strategy != AllocationStrategy.Advanced,
            "allocation.strategy",
            "ADVANCED needs a PROGRESSIVE schedule where interest is recalculated: a CUMULATIVE one takes payments as "
                + "they come, the oldest installment first."
        );
    }
}
