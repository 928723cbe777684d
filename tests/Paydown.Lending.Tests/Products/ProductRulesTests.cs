using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Products;

public sealed class ProductRulesTests
{
    private static readonly Currency Naira = Currency.Get("NGN");

    private static readonly Component[] Components =
    [
        Component.Penalty,
        Component.Fee,
        Component.Interest,
        Component.Principal,
    ];

    private static readonly AllocationPolicy Advanced = new()
    {
        Strategy = AllocationStrategy.Advanced,
        Buckets = [.. Enum.GetValues<DueType>().SelectMany(due => Components.Select(part => new Bucket(due, part)))],
    };

    private static readonly EligibilityQuestion Question = new()
    {
        Id = Id(1),
        Question = "Are you in paid work?",
        Type = QuestionType.YesNo,
    };

    private static readonly InterestRecalculation Recalculation = new(
        PreClosure.TillPreClosureDate,
        Reschedule.AdjustLastUnpaidPeriod,
        RestFrequency.Daily,
        1
    );

    private static LoanProduct Good =>
        new()
        {
            Id = Id(2),
            Version = 1,
            Name = "Salary Loan",
            Description = "",
            AccountProductName = "Consumer Loans",
            AmountMin = Kobo(10_000_00),
            AmountMax = Kobo(1_000_000_00),
            DurationMin = 3,
            DurationMax = 24,
            AnnualRatePercent = 24,
            AnnualRatePercentMin = 12,
            AnnualRatePercentMax = 36,
            Allocation = new() { Strategy = AllocationStrategy.OldestFirst, Order = Components },
            RepaymentMethods = [PaymentMethod.BankTransfer],
            Eligibility = new() { MonthlyIncomeMin = Kobo(0) },
        };

    private static LoanProduct InDollars(LoanProduct product)
    {
        var dollar = Currency.Get("USD");
        return product with
        {
            AmountMin = new Money(product.AmountMin.MinorUnits, dollar),
            AmountMax = new Money(product.AmountMax.MinorUnits, dollar),
            Eligibility = new() { MonthlyIncomeMin = Money.Zero(dollar) },
        };
    }

    private static ScheduleTerms Progressive => new() { ScheduleType = ScheduleType.Progressive };

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Working =>
        new()
        {
            { "plain", one => one },
            {
                "one amount, one duration, one rate",
                one =>
                    one with
                    {
                        AmountMax = one.AmountMin,
                        DurationMin = 12,
                        DurationMax = 12,
                        AnnualRatePercentMin = 24,
                        AnnualRatePercentMax = 24,
                    }
            },
            {
                "without interest",
                one => one with { AnnualRatePercent = 0, AnnualRatePercentMin = 0, AnnualRatePercentMax = 0 }
            },
            { "flat", one => one with { Schedule = new() { InterestMethod = InterestMethod.Flat } } },
            {
                "flat by the day",
                one =>
                    one with
                    {
                        Schedule = new()
                        {
                            InterestMethod = InterestMethod.Flat,
                            InterestPeriod = InterestPeriod.Daily,
                        },
                        DurationUnit = PeriodUnit.Weeks,
                    }
            },
            { "equal principal", one => one with { Schedule = new() { Amortization = Amortization.EqualPrincipal } } },
            {
                "progressive with recalculation",
                one => one with { Schedule = Progressive with { Recalculation = Recalculation }, Allocation = Advanced }
            },
            {
                "progressive in tranches with recalculation",
                one => one with { Schedule = Progressive with { Recalculation = Recalculation }, DisbursementsMax = 4 }
            },
            {
                "cumulative with recalculation",
                one =>
                    one with
                    {
                        Schedule = new() { InterestPeriod = InterestPeriod.Daily, Recalculation = Recalculation },
                    }
            },
            {
                "cumulative with recalculation on the planned balance",
                one =>
                    one with
                    {
                        Schedule = new()
                        {
                            InterestPeriod = InterestPeriod.Daily,
                            Recalculation = Recalculation with
                            {
                                Balance = InterestBalance.Planned,
                                Reschedule = Reschedule.RescheduleNextRepayments,
                            },
                        },
                    }
            },
            {
                "cumulative with recalculation for a very long time",
                one =>
                    one with
                    {
                        Schedule = new() { InterestPeriod = InterestPeriod.Daily, Recalculation = Recalculation },
                        DurationMax = 120,
                        AnnualRatePercentMax = 24,
                        OverduePenalty = new(1, OverduePenaltyBase.PrincipalAndInterestOverdue, 0),
                    }
            },
            {
                "a down payment of each disbursement",
                one =>
                    one with
                    {
                        Schedule = new() { DownPayment = new(10, false) },
                        DisbursementsMax = 2,
                    }
            },
            { "down payment", one => one with { Schedule = new() { DownPayment = new(25, Automatic: true) } } },
            {
                "graces",
                one =>
                    one with
                    {
                        Schedule = new() { GracePrincipal = 1, GraceInterest = 2 },
                    }
            },
            {
                "a holiday of two months",
                one =>
                    one with
                    {
                        Schedule = new() { GracePrincipal = 2, GraceInterest = 2 },
                    }
            },
            {
                "all graces",
                one =>
                    one with
                    {
                        Schedule = new()
                        {
                            GracePrincipal = 2,
                            GraceInterest = 1,
                            InterestFreePeriods = 1,
                        },
                    }
            },
            { "cumulative free periods", one => one with { Schedule = new() { InterestFreePeriods = 2 } } },
            // 416.67 in thousands would be nothing: the multiple yields.
            {
                "a multiple above an installment",
                one => one with { Schedule = new() { InstallmentMultipleOf = 1_000 } }
            },
            { "free periods", one => one with { Schedule = Progressive with { InterestFreePeriods = 2 } } },
            {
                "due, then in advance",
                one =>
                    one with
                    {
                        Allocation = new()
                        {
                            Strategy = AllocationStrategy.DueThenInAdvance,
                            Due = Components,
                            InAdvance = Components,
                        },
                    }
            },
            {
                "fees",
                one =>
                    one with
                    {
                        Fees =
                        [
                            new("Processing", FeeKind.Percent, Kobo(0), 99, FeeCharged.Deducted),
                            new("Stamp", FeeKind.Flat, Kobo(99_00), 0, FeeCharged.Deducted),
                            new("Insurance", FeeKind.Flat, Kobo(1_000_000_00), 0, FeeCharged.Added),
                        ],
                    }
            },
            { "a penalty", one => one with { OverduePenalty = new(5, OverduePenaltyBase.PrincipalOverdue, 3) } },
            {
                "questions",
                one =>
                    one with
                    {
                        Questions =
                        [
                            Question with
                            {
                                PassingAnswers = ["YES"],
                            },
                            new()
                            {
                                Id = Id(3),
                                Question = "How many months?",
                                Type = QuestionType.Number,
                                PassingMin = 6,
                                PassingMax = 600,
                            },
                            new()
                            {
                                Id = Id(4),
                                Question = "What for?",
                                Type = QuestionType.Choice,
                                Options = ["Rent", "School"],
                                PassingAnswers = ["School"],
                            },
                            new()
                            {
                                Id = Id(5),
                                Question = "Else?",
                                Type = QuestionType.Text,
                                IsRequired = false,
                            },
                        ],
                    }
            },
            { "four eyes", one => one with { FourEyesAbove = Kobo(500_000_00) } },
        };

    [Theory]
    [MemberData(nameof(Working))]
    public void Loans_can_be_made_of_it(string what, Func<LoanProduct, LoanProduct> change) =>
        ProductRules.Check(change(Good), Naira).ShouldBeEmpty(what);

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Broken =>
        new()
        {
            { "currencyCode", InDollars },
            { "minimumAmount", one => one with { AmountMin = Kobo(0) } },
            { "maximumAmount", one => one with { AmountMax = Kobo(ProductRules.AmountMax(Naira).MinorUnits + 1) } },
            { "maximumAmount", one => one with { AmountMax = Kobo(one.AmountMin.MinorUnits - 1) } },
            { "minimumDuration", one => one with { DurationMin = 0 } },
            { "maximumDuration", one => one with { DurationMax = 2 } },
            { "maximumDuration", one => one with { DurationMax = 60, DurationUnit = PeriodUnit.Years } },
            { "repayEvery", one => one with { RepayEvery = 13 } },
            { "interestRate", one => one with { AnnualRatePercent = 24.1234567m } },
            { "interestRateRange", one => one with { AnnualRatePercentMin = 25 } },
            { "interestRateRange.maximum", one => one with { AnnualRatePercentMax = 1001 } },
            {
                "schedule.scheduleType",
                one => one with { Schedule = Progressive with { InterestMethod = InterestMethod.Flat } }
            },
            {
                "schedule.interestPeriod",
                one => one with { Schedule = Progressive with { InterestPeriod = InterestPeriod.Daily } }
            },
            {
                "schedule.partialPeriodInterest",
                one =>
                    one with
                    {
                        Schedule = new() { InterestPeriod = InterestPeriod.Daily, PartialPeriodInterest = true },
                    }
            },
            {
                "schedule.daysInMonth",
                one =>
                    one with
                    {
                        Schedule = new() { DaysInMonth = DaysInMonth.Days30 },
                        DurationUnit = PeriodUnit.Weeks,
                    }
            },
            {
                "schedule.daysInMonth",
                one => one with { Schedule = Progressive with { DaysInMonth = DaysInMonth.Days30 } }
            },
            { "schedule.gracePrincipal", one => one with { Schedule = new() { GracePrincipal = 3 } } },
            {
                "schedule.graceInterest",
                one =>
                    one with
                    {
                        Schedule = new() { GracePrincipal = 2, GraceInterest = 3 },
                    }
            },
            {
                "schedule.interestFreePeriods",
                one =>
                    one with
                    {
                        Schedule = new() { GracePrincipal = 1, InterestFreePeriods = 3 },
                    }
            },
            { "schedule.installmentMultipleOf", one => one with { Schedule = new() { InstallmentMultipleOf = 0 } } },
            { "schedule.downPayment.percent", one => one with { Schedule = new() { DownPayment = new(100, false) } } },
            {
                "schedule.recalculation",
                one =>
                    one with
                    {
                        Schedule = new() { InterestMethod = InterestMethod.Flat, Recalculation = Recalculation },
                    }
            },
            {
                "schedule.recalculation.restInterval",
                one =>
                    one with
                    {
                        Schedule = Progressive with { Recalculation = Recalculation with { RestInterval = 0 } },
                    }
            },
            {
                "schedule.recalculation.reschedule",
                one =>
                    one with
                    {
                        Schedule = Progressive with
                        {
                            Recalculation = Recalculation with { Reschedule = Reschedule.ReduceEmiAmount },
                        },
                    }
            },
            {
                "schedule.recalculation.reschedule",
                one =>
                    one with
                    {
                        Schedule = new()
                        {
                            Recalculation = Recalculation with { Reschedule = Reschedule.RescheduleNextRepayments },
                        },
                    }
            },
            {
                "schedule.recalculation.balance",
                one =>
                    one with
                    {
                        Schedule = Progressive with
                        {
                            Recalculation = Recalculation with { Balance = InterestBalance.Planned },
                        },
                    }
            },
            {
                "schedule.recalculation.interestOnOverdue",
                one =>
                    one with
                    {
                        Schedule = new()
                        {
                            Recalculation = Recalculation with
                            {
                                Balance = InterestBalance.Planned,
                                InterestOnOverdue = false,
                            },
                        },
                    }
            },
            {
                "maximumDisbursements",
                one =>
                    one with
                    {
                        Schedule = new() { Recalculation = Recalculation },
                        DisbursementsMax = 2,
                    }
            },
            {
                "allocation.strategy",
                one =>
                    one with
                    {
                        Schedule = new() { Recalculation = Recalculation },
                        Allocation = Advanced,
                    }
            },
            {
                "overduePenalty.percent",
                one => one with { OverduePenalty = new(0, OverduePenaltyBase.PrincipalOverdue, 0) }
            },
            { "allocation.order", one => one with { Allocation = one.Allocation with { Order = [Component.Fee] } } },
            {
                "allocation.order",
                one => one with { Allocation = one.Allocation with { Order = [.. Components[..3], Component.Penalty] } }
            },
            { "allocation.due", one => one with { Allocation = one.Allocation with { Due = Components } } },
            {
                "allocation.inAdvance",
                one =>
                    one with
                    {
                        Allocation = new() { Strategy = AllocationStrategy.DueThenInAdvance, Due = Components },
                    }
            },
            {
                "allocation.buckets",
                one => one with { Allocation = Advanced with { Buckets = [.. Advanced.Buckets.Skip(1)] } }
            },
            {
                "allocation.defaultFutureRule",
                one => one with { Allocation = one.Allocation with { DefaultFutureRule = FutureRule.Reamortization } }
            },
            {
                "allocation.processing",
                one => one with { Allocation = one.Allocation with { Processing = Processing.Vertical } }
            },
            {
                "fees",
                one =>
                    one with
                    {
                        Fees =
                        [
                            new("Fee", FeeKind.Flat, Kobo(1), 0, FeeCharged.Added),
                            new("fee", FeeKind.Flat, Kobo(1), 0, FeeCharged.Added),
                        ],
                    }
            },
            { "fees", one => one with { Fees = [new("Fee", FeeKind.Flat, Kobo(10_000_00), 0, FeeCharged.Deducted)] } },
            {
                "fees[0].amount",
                one =>
                    one with
                    {
                        Fees = [new("Fee", FeeKind.Flat, Kobo(one.AmountMax.MinorUnits + 1), 0, FeeCharged.Added)],
                    }
            },
            { "fees[0].amount", one => one with { Fees = [new("Fee", FeeKind.Flat, Kobo(0), 0, FeeCharged.Added)] } },
            {
                "fees[0].percent",
                one => one with { Fees = [new("Fee", FeeKind.Percent, Kobo(0), 0, FeeCharged.Added)] }
            },
            { "repaymentMethods", one => one with { RepaymentMethods = [] } },
            { "repaymentMethods", one => one with { RepaymentMethods = [PaymentMethod.Cash, PaymentMethod.Cash] } },
            { "eligibilityQuestions", one => one with { Questions = [Question, Question with { Id = Id(6) }] } },
            {
                "eligibilityQuestions[0].options",
                one => one with { Questions = [Question with { Type = QuestionType.Choice, Options = ["Only"] }] }
            },
            {
                "eligibilityQuestions[0].options",
                one =>
                    one with
                    {
                        Questions = [Question with { Type = QuestionType.Choice, Options = ["Rent", "rent"] }],
                    }
            },
            {
                "eligibilityQuestions[0].passingAnswers",
                one => one with { Questions = [Question with { PassingAnswers = ["MAYBE"] }] }
            },
            {
                "eligibilityQuestions[0].passingMinimum",
                one => one with { Questions = [Question with { PassingMin = 1 }] }
            },
            {
                "eligibilityQuestions[0].passingMaximum",
                one =>
                    one with
                    {
                        Questions = [Question with { Type = QuestionType.Number, PassingMin = 2, PassingMax = 1 }],
                    }
            },
            {
                "eligibilityQuestions[0].required",
                one => one with { Questions = [Question with { IsRequired = false, PassingAnswers = ["YES"] }] }
            },
            { "eligibility.minimumAge", one => one with { Eligibility = one.Eligibility with { AgeMin = 17 } } },
            {
                "eligibility.maximumAge",
                one => one with { Eligibility = one.Eligibility with { AgeMin = 30, AgeMax = 29 } }
            },
            { "eligibility.countries", one => one with { Eligibility = one.Eligibility with { Countries = ["ng"] } } },
            {
                "eligibility.employmentStatuses",
                one => one with { Eligibility = one.Eligibility with { EmploymentStatuses = ["IDLE"] } }
            },
            { "offerValidDays", one => one with { OfferValidDays = 91 } },
            { "fourEyesAbove", one => one with { FourEyesAbove = Kobo(0) } },
            {
                "approvesAutomatically",
                one => one with { ApprovesAutomatically = true, FourEyesAbove = Kobo(500_000_00) }
            },
            { "disbursesAutomatically", one => one with { DisbursesAutomatically = true, DisbursementsMax = 2 } },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_cannot_work_is_named(string field, Func<LoanProduct, LoanProduct> change)
    {
        var errors = ProductRules.Check(change(Good), Naira);

        errors.Select(error => error.Field).ShouldContain(field);
        errors.ShouldAllBe(error => error.Message.EndsWith('.'));
    }

    [Fact]
    public void All_errors_are_returned_at_once() =>
        ProductRules
            .Check(Good with { AmountMin = Kobo(0), OfferValidDays = 0, RepaymentMethods = [], DurationMin = 0 }, Naira)
            .Select(error => error.Field)
            .ShouldBe(["minimumAmount", "minimumDuration", "repaymentMethods", "offerValidDays"]);

    public static TheoryData<Func<LoanProduct, LoanProduct>> Hopeless =>
        new()
        {
            // 1.00 in 600 installments: of nothing each.
            one => one with { AmountMin = Kobo(1_00), DurationMax = 600 },
            // At 10 % a month for 40 years an installment is its interest.
            one => one with { AnnualRatePercentMax = 120, DurationMax = 480 },
            // Installments of 30 days' interest and a trifle, months of 31 days.
            one =>
                one with
                {
                    Schedule = new() { InterestPeriod = InterestPeriod.Daily, Recalculation = Recalculation },
                    DurationMax = 600,
                },
            // A hundredth of a percent of 1.00.
            one =>
                one with
                {
                    AmountMin = Kobo(1_00),
                    Schedule = new() { DownPayment = new(0.01m, false) },
                },
        };

    [Theory]
    [MemberData(nameof(Hopeless))]
    public void A_product_of_which_a_loan_pays_nothing_back_is_refused_with_that_loan(
        Func<LoanProduct, LoanProduct> change
    )
    {
        var error = ProductRules.Check(change(Good), Naira).ShouldHaveSingleItem();

        error.Field.ShouldBeOneOf("minimumAmount", "maximumAmount");
        error.Message.ShouldContain("for example in a loan of");
    }

    // Whatever is sent: a product is refused or can be reckoned, and never is the answer an exception.
    [Fact]
    public void Odd_numbers_are_refused_and_never_thrown_at()
    {
        long[] amounts = [long.MinValue, -1, 0, 1, ProductRules.AmountMax(Naira).MinorUnits, long.MaxValue];
        int[] counts = [int.MinValue, -1, 0, 1, 600, int.MaxValue];
        foreach (var amount in amounts)
        {
            foreach (var count in counts)
            {
                var odd = Good with
                {
                    AmountMin = Kobo(amount),
                    AmountMax = Kobo(amount),
                    DurationMin = count,
                    DurationMax = count,
                    RepayEvery = count,
                    OfferValidDays = count,
                    DisbursementsMax = count,
                    FourEyesAbove = Kobo(amount),
                    Fees = [new("Fee", FeeKind.Percent, Kobo(amount), count, FeeCharged.Deducted)],
                    Schedule = new()
                    {
                        GracePrincipal = count,
                        InterestFreePeriods = count,
                        InstallmentMultipleOf = count,
                        DownPayment = new(count, true),
                    },
                };
                ProductRules.Check(odd, Naira).ShouldNotBeEmpty();
            }
        }
    }

    private static Guid Id(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
