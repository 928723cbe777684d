using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Products;

/// <summary>
/// Whatever amount, rate and duration a product allows: every installment asks for something, none is left out, and
/// together they pay the loan back.
/// </summary>
public sealed class EveryAmountTests
{
    private const int Products = 400;
    private const int Amounts = 650;

    private static readonly Component[] Components =
    [
        Component.Penalty,
        Component.Fee,
        Component.Interest,
        Component.Principal,
    ];

    private static readonly DateOnly OfferedOn = new(2026, 11, 26);

    private static LoanProduct Hundreds =>
        new()
        {
            Id = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
            Version = 1,
            Name = "Whole hundreds",
            Description = "",
            AccountProductName = "Loans",
            AmountMin = Kobo(1_200_00),
            AmountMax = Kobo(50_000_00),
            DurationMin = 12,
            DurationMax = 12,
            AnnualRatePercent = 0,
            AnnualRatePercentMin = 0,
            AnnualRatePercentMax = 60,
            Schedule = new() { InstallmentMultipleOf = 100 },
            Allocation = new() { Strategy = AllocationStrategy.OldestFirst, Order = Components },
            RepaymentMethods = [PaymentMethod.BankTransfer],
            Eligibility = new() { MonthlyIncomeMin = Kobo(0) },
        };

    [Fact]
    public void The_multiple_is_dropped_if_rounding_up_would_end_the_loan_early()
    {
        Totals(Hundreds, 1_800_00, 12, 0).ShouldBe(Enumerable.Repeat(150_00L, 12));
        // At 20 % the installment is 166.74; rounded it would be 200.00, and the last two nothing.
        var level = Totals(Hundreds, 1_800_00, 12, 20);
        level[..11].ShouldAllBe(total => total == 166_74);
        // 200.00 fits 2,400.00, and 2,300.00 with a last one of 100.00.
        Totals(Hundreds, 2_400_00, 12, 0).ShouldAllBe(total => total == 200_00);
        Totals(Hundreds, 2_300_00, 12, 0).ShouldBe([.. Enumerable.Repeat(200_00L, 11), 100_00]);
    }

    [Fact]
    public void The_multiple_is_dropped_if_it_would_round_to_zero()
    {
        // 47.07 a month; rounded to hundreds it would be interest only, and 1,010.00 at the end.
        var totals = Totals(Hundreds with { DurationMax = 24 }, 1_000_00, 24, 12);
        totals[..23].ShouldAllBe(total => total == 47_07);
        totals.Length.ShouldBe(24);
    }

    [Fact]
    public void Every_amount_of_the_published_product_gives_twelve_installments()
    {
        var step = (6_000_00 - Hundreds.AmountMin.MinorUnits) / LongRun.Count(Amounts, 10 * Amounts);
        foreach (var rate in (decimal[])[0, 20, 60])
            for (var amount = Hundreds.AmountMin.MinorUnits; amount <= 6_000_00; amount += step)
                ShouldBeWhole(Hundreds, amount, 12, rate);
    }

    [Fact]
    public void Every_loan_of_every_accepted_product_is_repaid_in_full()
    {
        var (accepted, tried) = (0, 0);
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var dice = new Dice(seed);
                    var product = AnyProduct(dice);
                    if (ProductRules.Check(product, product.Currency).Count > 0)
                        return;
                    accepted++;
                    for (var i = 0; i < 20; i++)
                    {
                        var amount =
                            product.AmountMin.MinorUnits
                            + dice.Below(product.AmountMax.MinorUnits - product.AmountMin.MinorUnits + 1);
                        var duration = dice.Between(product.DurationMin, product.DurationMax);
                        var rate = dice.Pick(product.AnnualRatePercentMin, product.AnnualRatePercentMax);
                        // A misfit is refused before it is approved.
                        if (ProductFit.FindMisfit(product, new(Kobo(amount), rate, duration), OfferedOn) is not null)
                            continue;
                        tried++;
                        ShouldBeWhole(product, amount, duration, rate);
                    }
                }
            )
            .ShouldHold(cases: Products);
        accepted.ShouldBeGreaterThan(LongRun.Count(Products, 10 * Products) / 4);
        tried.ShouldBeGreaterThan(19 * accepted);
    }

    private static LoanProduct AnyProduct(Dice dice)
    {
        var least = dice.Pick(12L, 500L, 10_000L, 120_000L, 5_000_000L) + dice.Below(1_000L);
        var rate = dice.Pick(0m, 5m, 12m, 36m);
        var method = dice.Pick(InterestMethod.Flat, InterestMethod.DecliningBalance, InterestMethod.DecliningBalance);
        var isProgressive = method == InterestMethod.DecliningBalance && dice.OnceIn(2);
        var currency = Currency.Get(dice.Pick("JPY", "NGN", "KWD"));
        return Hundreds with
        {
            AmountMin = new Money(least, currency),
            AmountMax = new Money(least * dice.Pick(2, 50), currency),
            Eligibility = new() { MonthlyIncomeMin = Money.Zero(currency) },
            DurationMin = 4,
            DurationMax = dice.Pick(6, 12, 36),
            AnnualRatePercentMin = rate,
            AnnualRatePercent = rate,
            AnnualRatePercentMax = rate + dice.Pick(0m, 7.25m),
            DurationUnit = dice.Pick(PeriodUnit.Weeks, PeriodUnit.Months),
            Schedule = new()
            {
                InterestMethod = method,
                ScheduleType = isProgressive ? ScheduleType.Progressive : ScheduleType.Cumulative,
                InterestPeriod =
                    !isProgressive && dice.OnceIn(2) ? InterestPeriod.Daily : InterestPeriod.SameAsRepaymentPeriod,
                Amortization = dice.OnceIn(4) ? Amortization.EqualPrincipal : Amortization.EqualInstallments,
                InstallmentMultipleOf = dice.Pick<int?>(null, 1, 5, 100, 1_000),
                GracePrincipal = dice.OnceIn(3) ? dice.Below(4) : 0,
                GraceInterest = dice.OnceIn(3) ? dice.Below(4) : 0,
                InterestFreePeriods = dice.OnceIn(3) ? dice.Below(4) : 0,
                DownPayment = dice.OnceIn(4) ? new(dice.Pick(10m, 33.33m, 90m), true) : null,
                Recalculation =
                    method == InterestMethod.DecliningBalance && dice.OnceIn(3)
                        ? new(PreClosure.TillPreClosureDate, Reschedule.AdjustLastUnpaidPeriod, RestFrequency.Daily, 1)
                        : null,
            },
        };
    }

    private static long[] Totals(LoanProduct product, long amount, int duration, decimal rate) =>
        [.. Offer(product, amount, duration, rate).Installments.Select(row => row.Due.Total)];

    private static Loan Offer(LoanProduct product, long amount, int duration, decimal rate)
    {
        var terms = ProductTerms.Of(product, Kobo(amount), duration, rate, OfferedOn);
        var disbursed = DownPayments.Collect(
            terms,
            recorded: [],
            new()
            {
                Id = new(new Guid(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
                Sequence = 1,
                On = OfferedOn,
                Amount = Kobo(amount),
            }
        );
        return Loan.Replay(terms, [disbursed], OfferedOn);
    }

    // Within a principal grace an installment may ask for nothing, if its interest is deferred or free.
    private static void ShouldBeWhole(LoanProduct product, long amount, int duration, decimal rate)
    {
        var loan = Offer(product, amount, duration, rate);
        var what = $"{amount} {product.Currency} in {duration} at {rate} %: {product.Schedule}";
        loan.Installments.Sum(row => row.Due.Principal).ShouldBe(amount, what);
        var rows = loan.Installments.Where(row => !row.IsDownPayment).ToArray();
        rows.Length.ShouldBe(duration, what);
        rows[product.Schedule.GracePrincipal..].ShouldAllBe(row => row.Due.Total > 0, what);
        if (product.Schedule.GraceInterest == 0)
            rows[product.Schedule.GracePrincipal..].ShouldAllBe(row => row.Due.Principal > 0, what);
    }
}
