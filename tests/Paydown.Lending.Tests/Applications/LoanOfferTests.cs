using Paydown.Lending.Applications;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Applications.Offered;

namespace Paydown.Lending.Tests.Applications;

public sealed class LoanOfferTests
{
    private static readonly ApprovedTerms Approved = new(12_000_00, 12, 12);

    [Fact]
    public void Without_fees_the_rate_is_the_nominal_one()
    {
        var offer = LoanOffer.Of(Product, Approved, Today);
        offer.AnnualPercentageRate.ShouldBe(12.00m);
        offer.Schedule.Count.ShouldBe(12);
        offer.InstallmentMinor.ShouldBe(1_066_19);
        offer.TotalRepaymentMinor.ShouldBe(offer.Schedule.Sum(row => row.Due.Total));
        (offer.AdvancedMinor, offer.TotalCostMinor).ShouldBe((12_000_00, offer.TotalRepaymentMinor - 12_000_00));
    }

    [Fact]
    public void A_fee_that_is_kept_back_lessens_what_is_advanced_and_one_that_is_added_is_paid_first()
    {
        var plain = LoanOffer.Of(Product, Approved, Today);
        var deducted = LoanOffer.Of(
            Product with { Fees = [new("Fee", FeeKind.Percent, 0, 1, FeeCharged.Deducted)] }, Approved, Today);
        var added = LoanOffer.Of(
            Product with { Fees = [new("Fee", FeeKind.Flat, 120_00, 0, FeeCharged.Added)] }, Approved, Today);

        deducted.AdvancedMinor.ShouldBe(11_880_00);
        deducted.TotalRepaymentMinor.ShouldBe(plain.TotalRepaymentMinor);
        added.AdvancedMinor.ShouldBe(12_000_00);
        added.Schedule[0].Due.Fees.ShouldBe(120_00);
        added.TotalRepaymentMinor.ShouldBe(plain.TotalRepaymentMinor + 120_00);
        deducted.TotalCostMinor.ShouldBe(added.TotalCostMinor);
        added.AnnualPercentageRate.ShouldBeGreaterThan(plain.AnnualPercentageRate);
        deducted.AnnualPercentageRate.ShouldBeGreaterThan(added.AnnualPercentageRate);
    }

    [Fact]
    public void The_schedule_foreseen_is_the_one_of_the_loan_that_is_paid_out_that_day()
    {
        var random = new Random(2026112104);
        for (var i = 0; i < 200; i++)
        {
            var product = RandomProduct(random);
            var approved = new ApprovedTerms(random.Next(1_000_00, 50_000_00), random.Next(0, 40), random.Next(3, 25));
            var offer = LoanOffer.Of(product, approved, Today);
            var events = Disbursement.FirstEvents(
                offer.Terms, offer.Fees, approved.AmountMinor, Today, NextId);
            var loan = Loan.Replay(offer.Terms, events, Today);
            loan.Installments.Sum(row => row.Due.Total).ShouldBe(offer.TotalRepaymentMinor);
            loan.Installments.Sum(row => row.Due.Principal).ShouldBe(approved.AmountMinor);
            offer.Schedule.Sum(row => row.Due.Fees)
                .ShouldBe(offer.Fees.Where(fee => fee.Charged == FeeCharged.Added).Sum(fee => fee.AmountMinor));
            offer.TotalCostMinor.ShouldBeGreaterThanOrEqualTo(offer.Fees.Sum(fee => fee.AmountMinor));
        }
    }

    private static LoanProduct RandomProduct(Random random) => Product with
    {
        DurationUnit = (PeriodUnit)random.Next(3),
        Fees =
        [
            new("Kept", FeeKind.Percent, 0, random.Next(1, 10), FeeCharged.Deducted),
            new("Added", FeeKind.Flat, random.Next(1, 100_00), 0, FeeCharged.Added),
        ],
        Schedule = new()
        {
            ScheduleType = (ScheduleType)random.Next(2),
            InterestMethod = (InterestMethod)random.Next(2),
            DownPayment = random.Next(3) == 0 ? new DownPayment(random.Next(1, 30), random.Next(2) == 0) : null,
        },
    };
}
