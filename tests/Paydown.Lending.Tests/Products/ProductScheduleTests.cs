using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Products.SampleProducts;

namespace Paydown.Lending.Tests.Products;

/// <summary>Schedules, recalculation and the trial of the loans of a product.</summary>
public sealed class ProductScheduleTests
{
    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Accepted =>
        new()
        {
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
        };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_workable_schedule_is_accepted(string what, Func<LoanProduct, LoanProduct> change) =>
        Check(change(Good)).ShouldBeEmpty(what);

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Refused =>
        new()
        {
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
                "allocation.bucketsBySource.GOODWILL_CREDIT",
                one =>
                    one with
                    {
                        Allocation = Advanced with
                        {
                            BucketsBySource = new Dictionary<PaymentSource, IReadOnlyList<Bucket>>
                            {
                                [PaymentSource.GoodwillCredit] = [new(DueType.Due, Component.Principal)],
                            },
                        },
                    }
            },
            {
                "allocation.bucketsBySource",
                one =>
                    one with
                    {
                        Allocation = one.Allocation with
                        {
                            BucketsBySource = new Dictionary<PaymentSource, IReadOnlyList<Bucket>>
                            {
                                [PaymentSource.GoodwillCredit] = Advanced.Buckets,
                            },
                        },
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
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_unworkable_schedule_is_refused_with_the_field(string field, Func<LoanProduct, LoanProduct> change)
    {
        var errors = Check(change(Good));

        errors.Select(error => error.Field).ShouldContain(field);
        errors.ShouldAllBe(error => error.Message.EndsWith('.'));
    }

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
    public void A_product_with_a_loan_that_is_never_paid_back_is_refused_with_that_loan(
        Func<LoanProduct, LoanProduct> change
    )
    {
        var error = Check(change(Good)).ShouldHaveSingleItem();

        error.Field.ShouldBeOneOf("minimumAmount", "maximumAmount");
        error.Message.ShouldContain("for example in a loan of");
    }
}
