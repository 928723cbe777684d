using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

public sealed class FlatScheduleTests
{
    [Fact]
    public void Principal_and_interest_are_split_equally()
    {
        var terms = Agreed.Flat() with { Principal = Kobo(1_000_00), AnnualRatePercent = 7m };
        Rows(terms).ShouldBe([(333_33, 5_83), (333_33, 5_83), (333_34, 5_84)]);
    }

    [Fact]
    public void A_progressive_flat_loan_has_equal_installments()
    {
        var terms = Agreed.Flat() with
        {
            Principal = Kobo(1_000_00),
            AnnualRatePercent = 7m,
            ScheduleType = ScheduleType.Progressive,
        };
        Rows(terms).ShouldBe([(333_34, 5_83), (333_34, 5_83), (333_32, 5_84)]);
    }

    [Fact]
    public void The_installment_is_rounded_to_the_agreed_multiple()
    {
        var terms = Agreed.Flat() with
        {
            Principal = Kobo(750_00),
            AnnualRatePercent = 13.33m,
            InstallmentMultipleOf = 1,
        };
        var rows = Rows(terms);
        rows.ShouldBe([(249_67, 8_33), (249_67, 8_33), (250_66, 8_33)]);
        (rows[0].Principal + rows[0].Interest).ShouldBe(258_00);
    }

    [Fact]
    public void A_progressive_flat_loan_with_daily_interest_counts_days_in_equal_installments()
    {
        var terms = Agreed.Flat() with
        {
            Principal = Kobo(100_00),
            AnnualRatePercent = 4m,
            SubmittedOn = new DateOnly(2024, 1, 1),
            ScheduleType = ScheduleType.Progressive,
            InterestPeriod = InterestPeriod.Daily,
        };
        Rows(terms).ShouldBe([(33_33, 34), (33_35, 32), (33_32, 34)]);
        Rows(terms with { Amortization = Amortization.EqualPrincipal })
            .ShouldBe([(33_33, 34), (33_33, 32), (33_34, 34)]);
        Rows(terms with { InterestFreePeriods = 1 })[0].Interest.ShouldBe(0);
    }

    [Fact]
    public void A_cumulative_flat_loan_with_daily_interest_splits_the_interest_of_all_days_equally()
    {
        var terms = Agreed.Flat() with
        {
            Principal = Kobo(1_500_00),
            AnnualRatePercent = 7m,
            SubmittedOn = new DateOnly(2025, 1, 1),
            InterestPeriod = InterestPeriod.Daily,
        };
        Rows(terms).ShouldBe([(500_00, 8_63), (500_00, 8_63), (500_00, 8_63)]);
    }

    private static (long Principal, long Interest)[] Rows(LoanTerms terms) =>
        [
            .. Loan.Replay(terms, [], terms.SubmittedOn)
                .Installments.Select(row => (row.Due.Principal, row.Due.Interest)),
        ];
}
