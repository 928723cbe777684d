using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Products.SampleProducts;

namespace Paydown.Lending.Tests.Products;

/// <summary>Amounts, durations, rates, fees and the life of an application.</summary>
public sealed class ProductRulesTests
{
    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Accepted =>
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
            { "four eyes", one => one with { FourEyesAbove = Kobo(500_000_00) } },
        };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_workable_product_is_accepted(string what, Func<LoanProduct, LoanProduct> change) =>
        Check(change(Good)).ShouldBeEmpty(what);

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Refused =>
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
                "overduePenalty.percent",
                one => one with { OverduePenalty = new(0, OverduePenaltyBase.PrincipalOverdue, 0) }
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
            { "offerValidDays", one => one with { OfferValidDays = 91 } },
            { "fourEyesAbove", one => one with { FourEyesAbove = Kobo(0) } },
            {
                "approvesAutomatically",
                one => one with { ApprovesAutomatically = true, FourEyesAbove = Kobo(500_000_00) }
            },
            { "disbursesAutomatically", one => one with { DisbursesAutomatically = true, DisbursementsMax = 2 } },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_unworkable_product_is_refused_with_the_field(string field, Func<LoanProduct, LoanProduct> change)
    {
        var errors = Check(change(Good));

        errors.Select(error => error.Field).ShouldContain(field);
        errors.ShouldAllBe(error => error.Message.EndsWith('.'));
    }

    [Fact]
    public void All_errors_are_returned_at_once() =>
        Check(Good with { AmountMin = Kobo(0), OfferValidDays = 0, RepaymentMethods = [], DurationMin = 0 })
            .Select(error => error.Field)
            .ShouldBe(["minimumAmount", "minimumDuration", "repaymentMethods", "offerValidDays"]);

    // Whatever is sent: a product is refused or can be reckoned, and never is the answer an exception.
    [Fact]
    public void Extreme_numbers_are_refused_without_an_exception()
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
                Check(odd).ShouldNotBeEmpty();
            }
        }
    }
}
