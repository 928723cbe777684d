using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>Reads a product from its form. What the form does not show stays as it is.</summary>
internal static class ProductForm
{
    /// <summary>The most fees of a product.</summary>
    public const int FeesMax = 20;

    /// <summary>The most questions of a product.</summary>
    public const int QuestionsMax = 50;

    /// <summary>The product as the form has it.</summary>
    public static ProductDefinition Read(PageForm form, ProductDefinition before) =>
        before with
        {
            Name = form.Required("name", "Enter the name."),
            Description = form.Text("description"),
            AccountProductName = form.Required("accountProductName", "Enter the family of the product."),
            MinimumAmount = form.Amount("minimumAmount"),
            MaximumAmount = form.Amount("maximumAmount"),
            MinimumDuration = form.Whole("minimumDuration"),
            MaximumDuration = form.Whole("maximumDuration"),
            RepayEvery = form.WholeOrNull("repayEvery"),
            DurationUnit = form.Word<DurationUnit>("durationUnit"),
            FirstDueDate = IsEmpty(form, "firstDueDate.minimumDays", "firstDueDate.maximumDays")
                ? null
                : new()
                {
                    MinimumDays = form.Whole("firstDueDate.minimumDays"),
                    MaximumDays = form.Whole("firstDueDate.maximumDays"),
                },
            InterestRate = form.Amount("interestRate"),
            InterestRateRange = IsEmpty(form, "interestRateRange.minimum", "interestRateRange.maximum")
                ? null
                : new()
                {
                    Minimum = form.Amount("interestRateRange.minimum"),
                    Maximum = form.Amount("interestRateRange.maximum"),
                },
            Schedule = ReadSchedule(form, before.Schedule ?? new()),
            OverduePenalty = ReadPenalty(form, before.OverduePenalty ?? new()),
            ArrearsTolerance = IsEmpty(form, "arrearsTolerance.amount", "arrearsTolerance.percent")
                ? null
                : new()
                {
                    Amount = form.AmountOrNull("arrearsTolerance.amount") ?? 0,
                    Percent = form.AmountOrNull("arrearsTolerance.percent") ?? 0,
                },
            Allocation = ProductLists.ReadAllocation(form, before.Allocation),
            Fees = ProductLists.ReadFees(form),
            RepaymentMethods = [.. ProductWords.Methods.Where(method => form.IsTicked($"repaymentMethods.{method}"))],
            EligibilityQuestions = ProductLists.ReadQuestions(form),
            Eligibility = ReadEligibility(form, before.Eligibility ?? new()),
            OfferValidDays = form.WholeOrNull("offerValidDays"),
            ApprovesAutomatically = form.IsTicked("approvesAutomatically"),
            DisbursesAutomatically = form.IsTicked("disbursesAutomatically"),
            FourEyesAbove = form.AmountOrNull("fourEyesAbove"),
            MaximumDisbursements = form.WholeOrNull("maximumDisbursements"),
            IsOpen = form.IsTicked("isOpen"),
        };

    /// <summary>The loan to show.</summary>
    public static TrialLoan ReadLoan(PageForm form) =>
        new()
        {
            Amount = form.Amount("loan.amount"),
            Duration = form.Whole("loan.duration"),
            InterestRate = form.AmountOrNull("loan.interestRate"),
            PayoutDate = form.DayOrNull("loan.payoutDate"),
            FirstDueDate = form.DayOrNull("loan.firstDueDate"),
        };

    private static ScheduleTerms ReadSchedule(PageForm form, ScheduleTerms before) =>
        before with
        {
            ScheduleType = form.Word<ScheduleType>("schedule.scheduleType"),
            InterestMethod = form.Word<InterestMethod>("schedule.interestMethod"),
            InterestPeriod = form.Word<InterestPeriod>("schedule.interestPeriod"),
            Amortization = form.Word<Amortization>("schedule.amortization"),
            DaysInYear = form.Word<DaysInYear>("schedule.daysInYear"),
            DaysInMonth = form.Word<DaysInMonth>("schedule.daysInMonth"),
            MonthEnd = form.Word<MonthEnd>("schedule.monthEnd"),
            InstallmentMultipleOf = form.WholeOrNull("schedule.installmentMultipleOf"),
            PartialPeriodInterest = form.IsTicked("schedule.partialPeriodInterest"),
            GracePrincipal = form.WholeOrNull("schedule.gracePrincipal"),
            GraceInterest = form.WholeOrNull("schedule.graceInterest"),
            InterestFreePeriods = form.WholeOrNull("schedule.interestFreePeriods"),
            DownPayment = IsEmpty(form, "schedule.downPayment.percent")
                ? null
                : new()
                {
                    Percent = form.Amount("schedule.downPayment.percent"),
                    Automatic = form.IsTicked("schedule.downPayment.automatic"),
                },
            Recalculation = form.IsTicked("recalculates") ? ReadRecalculation(form) : null,
        };

    private static InterestRecalculation ReadRecalculation(PageForm form) =>
        new()
        {
            PreClosure = form.Word<PreClosure>("schedule.recalculation.preClosure"),
            Reschedule = form.Word<Reschedule>("schedule.recalculation.reschedule"),
            RestFrequency = form.Word<RestFrequency>("schedule.recalculation.restFrequency"),
            RestInterval = form.WholeOrNull("schedule.recalculation.restInterval"),
            Balance = form.Word<InterestBalance>("schedule.recalculation.balance"),
            InterestOnOverdue = form.IsTicked("schedule.recalculation.interestOnOverdue"),
        };

    private static OverduePenalty? ReadPenalty(PageForm form, OverduePenalty before) =>
        IsEmpty(form, "overduePenalty.percent", "overduePenalty.amount")
            ? null
            : before with
            {
                Percent = form.AmountOrNull("overduePenalty.percent"),
                Amount = form.AmountOrNull("overduePenalty.amount"),
                Of = form.Word<OverduePenaltyBase>("overduePenalty.of"),
                GraceDays = form.WholeOrNull("overduePenalty.graceDays"),
                EveryDays = form.WholeOrNull("overduePenalty.everyDays"),
                CapPercent = form.AmountOrNull("overduePenalty.capPercent"),
            };

    private static ProductEligibility ReadEligibility(PageForm form, ProductEligibility before) =>
        before with
        {
            MinimumAge = form.WholeOrNull("eligibility.minimumAge"),
            MaximumAge = form.WholeOrNull("eligibility.maximumAge"),
            MinimumMonthlyIncome = form.AmountOrNull("eligibility.minimumMonthlyIncome"),
            EmploymentStatuses =
            [
                .. ProductWords.EmploymentStatuses.Where(status =>
                    form.IsTicked($"eligibility.employmentStatuses.{status}")
                ),
            ],
            Countries =
            [
                .. form.Text("eligibility.countries")
                    .ToUpperInvariant()
                    .Split([',', ' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries),
            ],
        };

    private static bool IsEmpty(PageForm form, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (form.Text(field).Length > 0)
                return false;
        }

        return true;
    }
}
