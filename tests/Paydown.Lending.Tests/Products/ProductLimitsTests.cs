using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Products.SampleProducts;

namespace Paydown.Lending.Tests.Products;

/// <summary>Each limit of a product: the last value that is accepted, and the first that is not.</summary>
public sealed class ProductLimitsTests
{
    private static readonly FirstDueRange Month = new(20, 40);

    private static LoanProduct ByDays =>
        Good with
        {
            Schedule = new() { InterestPeriod = InterestPeriod.Daily },
            FirstDue = Month,
        };

    private static LoanProduct Recalculated => Good with { Schedule = Recalculating(Recalculation) };

    public static TheoryData<string, Func<LoanProduct>, Func<LoanProduct>> Limits =>
        new()
        {
            {
                "maximumAmount",
                () => Good with { AmountMax = ProductRules.AmountMax(Naira) },
                () => Good with { AmountMax = Kobo(ProductRules.AmountMax(Naira).MinorUnits + 1) }
            },
            { "repayEvery", () => Good with { RepayEvery = 12 }, () => Good with { RepayEvery = 13 } },
            { "repayEvery", () => Good with { RepayEvery = 1 }, () => Good with { RepayEvery = 0 } },
            { "interestRateRange.minimum", () => Rates(0, 24, 36), () => Rates(-1, 24, 36) },
            { "interestRate", () => Rates(12, 24.123456m, 36), () => Rates(12, 24.1234567m, 36) },
            { "interestRateRange", () => Rates(24, 24, 36), () => Rates(24.1m, 24, 36) },
            { "interestRateRange", () => Rates(12, 24, 24), () => Rates(12, 24, 23.9m) },
            { "arrearsTolerance.percent", () => Tolerance(0, 50), () => Tolerance(0, 50.1m) },
            { "arrearsTolerance.amount", () => Tolerance(Least - 1, 0), () => Tolerance(Least, 0) },
            { "overduePenalty.percent", () => Penalty(100, 0), () => Penalty(100.1m, 0) },
            { "overduePenalty.percent", () => Penalty(0.000001m, 0), () => Penalty(0.0000001m, 0) },
            { "overduePenalty.graceDays", () => Penalty(1, 365), () => Penalty(1, 366) },
            { "overduePenalty.graceDays", () => Penalty(1, 0), () => Penalty(1, -1) },
            { "firstDueDate.minimumDays", () => First(1, 40), () => First(0, 40) },
            { "firstDueDate.maximumDays", () => First(20, 366), () => First(20, 367) },
            { "firstDueDate.maximumDays", () => First(30, 30), () => First(30, 29) },
            {
                "firstDueDate",
                () =>
                    Good with
                    {
                        FirstDue = Month,
                        Schedule = new() { PartialPeriodInterest = true },
                    },
                () => Good with { FirstDue = Month }
            },
            {
                "firstDueDate",
                () => Good with { FirstDue = Month, Schedule = Progressive },
                () => Good with { FirstDue = Month }
            },
            { "schedule.installmentMultipleOf", () => Multiple(1), () => Multiple(-1) },
            { "schedule.installmentMultipleOf", () => Multiple(1_000_000), () => Multiple(1_000_001) },
            { "schedule.downPayment.percent", () => Down(99.9m), () => Down(100) },
            { "schedule.downPayment.percent", () => Down(1), () => Down(0) },
            { "schedule.gracePrincipal", () => Graces(2, 0, 0), () => Graces(3, 0, 0) },
            { "schedule.graceInterest", () => Graces(0, 2, 0), () => Graces(0, 3, 0) },
            { "schedule.interestFreePeriods", () => Graces(0, 0, 2), () => Graces(0, 0, 3) },
            { "schedule.gracePrincipal", () => Good, () => Graces(-1, 0, 0) },
            {
                "schedule.recalculation.restInterval",
                () => Recalculates(RestFrequency.Daily, 365),
                () => Recalculates(RestFrequency.Daily, 366)
            },
            {
                "schedule.recalculation.restInterval",
                () => Recalculates(RestFrequency.SameAsRepayment, 1),
                () => Recalculates(RestFrequency.SameAsRepayment, 2)
            },
            {
                "schedule.graceInterest",
                () => Recalculated,
                () => Good with { Schedule = Recalculating(Recalculation) with { GraceInterest = 1 } }
            },
            {
                "schedule.interestFreePeriods",
                () =>
                    Good with
                    {
                        Schedule = Progressive with { Recalculation = Recalculation, InterestFreePeriods = 1 },
                    },
                () => Good with { Schedule = Recalculating(Recalculation) with { InterestFreePeriods = 1 } }
            },
            { "fees", () => Fees(20), () => Fees(21) },
            { "fees[0].amount", () => Flat(1_000_000_00), () => Flat(1_000_000_01) },
            { "fees[0].percent", () => Percent(100), () => Percent(100.5m) },
            {
                "fees[0].percent",
                () => Flat(1),
                () => Good with { Fees = [new("Fee", FeeKind.Flat, Kobo(1), 1, FeeCharged.Added)] }
            },
            {
                "fees[0].amount",
                () => Percent(1),
                () => Good with { Fees = [new("Fee", FeeKind.Percent, Kobo(1), 1, FeeCharged.Added)] }
            },
            { "fees", () => Deducted(9_999_99), () => Deducted(10_000_00) },
            { "eligibilityQuestions", () => Questions(50), () => Questions(51) },
            { "eligibilityQuestions[0].options", () => Options(2), () => Options(1) },
            { "eligibilityQuestions[0].options", () => Options(50), () => Options(51) },
            { "eligibilityQuestions[0].options", () => Ask(Question), () => Ask(Question with { Options = ["Yes"] }) },
            { "eligibilityQuestions[0].passingMaximum", () => Numbers(5, 5), () => Numbers(5, 4) },
            {
                "eligibilityQuestions[0].passingMaximum",
                () => Ask(Question),
                () => Ask(Question with { PassingMax = 1 })
            },
            {
                "eligibilityQuestions[0].passingAnswers",
                () => Ask(Question with { Type = QuestionType.Text }),
                () => Ask(Question with { Type = QuestionType.Text, PassingAnswers = ["YES"] })
            },
            {
                "eligibilityQuestions[0].required",
                () => Ask(Question with { IsRequired = false }),
                () => Ask(Question with { Type = QuestionType.Number, IsRequired = false, PassingMin = 1 })
            },
            {
                "eligibilityQuestions[0].required",
                () => Ask(Question with { Type = QuestionType.Number, PassingMax = 1 }),
                () => Ask(Question with { Type = QuestionType.Number, IsRequired = false, PassingMax = 1 })
            },
            { "eligibility.minimumAge", () => Ages(18, 70), () => Ages(17, 70) },
            { "eligibility.maximumAge", () => Ages(18, 120), () => Ages(18, 121) },
            { "eligibility.maximumAge", () => Ages(30, 30), () => Ages(30, 29) },
            { "eligibility.minimumMonthlyIncome", () => Income(0), () => Income(-1) },
            {
                "eligibility.minimumMonthlyIncome",
                () => Income(ProductRules.AmountMax(Naira).MinorUnits),
                () => Income(ProductRules.AmountMax(Naira).MinorUnits + 1)
            },
            { "eligibility.countries", () => Countries("NGA"), () => Countries("NG") },
            { "eligibility.countries", () => Countries("NGA", "GHA"), () => Countries("NGA", "NGA") },
            {
                "eligibility.employmentStatuses",
                () => Good with { Eligibility = Good.Eligibility with { EmploymentStatuses = ["STUDENT"] } },
                () => Good with { Eligibility = Good.Eligibility with { EmploymentStatuses = ["STUDENT", "STUDENT"] } }
            },
            { "offerValidDays", () => Good with { OfferValidDays = 1 }, () => Good with { OfferValidDays = 0 } },
            { "offerValidDays", () => Good with { OfferValidDays = 90 }, () => Good with { OfferValidDays = 91 } },
            {
                "maximumDisbursements",
                () => Good with { DisbursementsMax = 50 },
                () => Good with { DisbursementsMax = 51 }
            },
            { "maximumDisbursements", () => Recalculated, () => Recalculated with { DisbursementsMax = 2 } },
            {
                "disbursesAutomatically",
                () => Good with { DisbursesAutomatically = true, DisbursementsMax = 1 },
                () => Good with { DisbursesAutomatically = true, DisbursementsMax = 2 }
            },
            {
                "fourEyesAbove",
                () => Good with { FourEyesAbove = Kobo(1) },
                () => Good with { FourEyesAbove = Kobo(0) }
            },
            {
                "approvesAutomatically",
                () => Good with { ApprovesAutomatically = true, FourEyesAbove = Kobo(1_000_000_00) },
                () => Good with { ApprovesAutomatically = true, FourEyesAbove = Kobo(999_999_99) }
            },
        };

    [Theory]
    [MemberData(nameof(Limits))]
    public void The_limit_itself_is_accepted_and_the_next_value_is_not(
        string field,
        Func<LoanProduct> last,
        Func<LoanProduct> next
    )
    {
        Check(last()).Select(error => error.Field).ShouldNotContain(field);
        Check(next()).Select(error => error.Field).ShouldBe([field]);
    }

    [Theory]
    [InlineData(PeriodUnit.Days, 366, 367)]
    [InlineData(PeriodUnit.Weeks, 53, 54)]
    [InlineData(PeriodUnit.Months, 12, 13)]
    [InlineData(PeriodUnit.Years, 1, 2)]
    public void An_installment_interval_is_at_most_a_year(PeriodUnit unit, int last, int next)
    {
        var product = Good with { DurationUnit = unit, DurationMin = 1, DurationMax = 1 };
        Fields(product with { RepayEvery = last }).ShouldNotContain("repayEvery");
        Fields(product with { RepayEvery = next }).ShouldContain("repayEvery");
    }

    private static IEnumerable<string> Fields(LoanProduct product) => Check(product).Select(error => error.Field);

    private static ScheduleTerms Recalculating(InterestRecalculation recalculation) =>
        new() { InterestPeriod = InterestPeriod.Daily, Recalculation = recalculation };

    private static LoanProduct Recalculates(RestFrequency frequency, int interval) =>
        Good with
        {
            Schedule = Recalculating(Recalculation with { RestFrequency = frequency, RestInterval = interval }),
        };

    private static LoanProduct Rates(decimal least, decimal rate, decimal most) =>
        Good with
        {
            AnnualRatePercentMin = least,
            AnnualRatePercent = rate,
            AnnualRatePercentMax = most,
        };

    private static long Least => Good.AmountMin.MinorUnits;

    private static LoanProduct Tolerance(long amount, decimal percent) =>
        Good with
        {
            ArrearsTolerance = new(Kobo(amount), percent),
        };

    private static LoanProduct Penalty(decimal percent, int graceDays) =>
        Good with
        {
            OverduePenalty = new(percent, OverduePenaltyBase.PrincipalOverdue, graceDays),
        };

    private static LoanProduct First(int least, int most) => ByDays with { FirstDue = new(least, most) };

    private static LoanProduct Multiple(int multiple) =>
        Good with
        {
            Schedule = new() { InstallmentMultipleOf = multiple },
        };

    private static LoanProduct Down(decimal percent) =>
        Good with
        {
            Schedule = new() { DownPayment = new(percent, false) },
        };

    private static LoanProduct Graces(int principal, int interest, int free) =>
        Good with
        {
            Schedule = Progressive with
            {
                GracePrincipal = principal,
                GraceInterest = interest,
                InterestFreePeriods = free,
            },
        };

    private static LoanProduct Fees(int count) =>
        Good with
        {
            Fees =
            [
                .. Enumerable
                    .Range(1, count)
                    .Select(i => new ProductFee($"Fee {i}", FeeKind.Flat, Kobo(1), 0, FeeCharged.Added)),
            ],
        };

    private static LoanProduct Flat(long amount) =>
        Good with
        {
            Fees = [new("Fee", FeeKind.Flat, Kobo(amount), 0, FeeCharged.Added)],
        };

    private static LoanProduct Percent(decimal percent) =>
        Good with
        {
            Fees = [new("Fee", FeeKind.Percent, Kobo(0), percent, FeeCharged.Added)],
        };

    private static LoanProduct Deducted(long amount) =>
        Good with
        {
            Fees =
            [
                new("Fee", FeeKind.Flat, Kobo(amount), 0, FeeCharged.Deducted),
                new("Added", FeeKind.Flat, Kobo(1), 0, FeeCharged.Added),
            ],
        };

    private static LoanProduct Ask(EligibilityQuestion question) => Good with { Questions = [question] };

    private static LoanProduct Questions(int count) =>
        Good with
        {
            Questions =
            [
                .. Enumerable.Range(1, count).Select(i => Question with { Id = Id(i), Question = $"Question {i}?" }),
            ],
        };

    private static LoanProduct Options(int count) =>
        Ask(
            Question with
            {
                Type = QuestionType.Choice,
                Options = [.. Enumerable.Range(1, count).Select(i => $"Option {i}")],
            }
        );

    private static LoanProduct Numbers(decimal least, decimal most) =>
        Ask(Question with { Type = QuestionType.Number, PassingMin = least, PassingMax = most });

    private static LoanProduct Ages(int least, int most) =>
        Good with
        {
            Eligibility = Good.Eligibility with { AgeMin = least, AgeMax = most },
        };

    private static LoanProduct Income(long minor) =>
        Good with
        {
            Eligibility = new() { MonthlyIncomeMin = Kobo(minor) },
        };

    private static LoanProduct Countries(params string[] countries) =>
        Good with
        {
            Eligibility = Good.Eligibility with { Countries = countries },
        };
}
