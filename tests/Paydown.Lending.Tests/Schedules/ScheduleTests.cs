using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

/// <summary>Schedules of whole loans; the published histories in Scenarios hold many more.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void Flat_interest_is_rounded_once_and_the_last_installment_absorbs()
    {
        var terms = Agreed.Flat() with
        {
            Principal = Kobo(125_000),
            AnnualRatePercent = 15m,
            NumberOfInstallments = 4,
            InstallmentMultipleOf = 1,
        };
        Rows(terms).ShouldBe([(31_238, 1_562), (31_238, 1_562), (31_238, 1_562), (31_286, 1_564)]);
    }

    [Fact]
    public void Declining_balance_charges_interest_on_the_remaining_principal()
    {
        var terms = Agreed.Flat() with { InterestMethod = InterestMethod.DecliningBalance };
        Rows(terms).ShouldBe([(99_007, 3_000), (99_997, 2_010), (100_996, 1_010)]);
    }

    [Fact]
    public void Equal_principal_ignores_the_multiple_of_the_installment()
    {
        var terms = Agreed.Flat() with
        {
            Principal = Kobo(500_000),
            NumberOfInstallments = 18,
            InterestMethod = InterestMethod.DecliningBalance,
            Amortization = Amortization.EqualPrincipal,
            InstallmentMultipleOf = 1,
        };
        var rows = Rows(terms);
        rows[0].ShouldBe((27_778, 5_000));
        rows[1].ShouldBe((27_778, 4_722));
        rows[^1].ShouldBe((27_774, 278));
    }

    [Fact]
    public void A_progressive_installment_is_adjusted_once()
    {
        var terms = Agreed.Recalculated() with { Recalculation = null };
        Rows(terms).ShouldBe([(1_643, 58), (1_652, 49), (1_662, 39), (1_672, 29), (1_681, 20), (1_690, 10)]);
    }

    [Fact]
    public void A_very_high_rate_over_many_periods_does_not_overflow()
    {
        var terms = Agreed.Recalculated() with
        {
            AnnualRatePercent = 10_000m,
            NumberOfInstallments = 600,
            Recalculation = null,
        };
        Rows(terms).Sum(row => row.Principal).ShouldBe(terms.Principal.MinorUnits);
    }

    [Fact]
    public void Principal_grace_pays_interest_only()
    {
        var terms = Agreed.Flat() with { InterestMethod = InterestMethod.DecliningBalance, GracePrincipal = 1 };
        Rows(terms).ShouldBe([(0, 3_000), (149_254, 3_000), (150_746, 1_507)]);
    }

    [Fact]
    public void Interest_grace_defers_interest_and_the_installment_stays_level()
    {
        var terms = Agreed.Flat() with { InterestMethod = InterestMethod.DecliningBalance, GraceInterest = 1 };
        Rows(terms).ShouldBe([(102_007, 0), (97_027, 4_980), (100_966, 1_010)]);
    }

    [Fact]
    public void Interest_free_periods_bear_no_interest()
    {
        var terms = Agreed.Flat() with { InterestMethod = InterestMethod.DecliningBalance, InterestFreePeriods = 1 };
        Rows(terms)[0].Interest.ShouldBe(0);
        Rows(terms)[1].Interest.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("JPY")]
    [InlineData("NGN")]
    [InlineData("KWD")]
    public void Amounts_in_the_smallest_unit_of_any_currency_are_spread_without_loss(string code)
    {
        var terms = Agreed.Flat() with { Principal = new Money(100, Currency.Get(code)), AnnualRatePercent = 0m };
        Rows(terms).Select(row => row.Principal).ShouldBe([33, 33, 34]);
    }

    [Fact]
    public void The_down_payment_is_installment_1_due_on_the_day_of_disbursement()
    {
        var terms = Agreed.Flat() with { DownPayment = new DownPayment(25m, Automatic: true), AnnualRatePercent = 0m };
        var loan = new History().Disburse("2023-01-01", 300_000).Replay(terms, "2023-01-01");
        loan.Installments.Select(row => row.Due.Principal).ShouldBe([75_000, 75_000, 75_000, 75_000]);
        loan.Installments[0].PaidOn.ShouldBe(History.Day("2023-01-01"));
        loan.Transactions[^1].EventId.ShouldBe(DerivedId.DownPayment(History.IdOf(1)));
    }

    private static (long Principal, long Interest)[] Rows(LoanTerms terms) =>
        [
            .. Loan.Replay(terms, [], terms.SubmittedOn)
                .Installments.Select(row => (row.Due.Principal, row.Due.Interest)),
        ];
}
