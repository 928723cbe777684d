using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

/// <summary>
/// Principal grace, interest grace and periods free of interest do not depend on each other: no principal, interest
/// later, no interest ever.
/// </summary>
public sealed class GraceTests
{
    /// <summary>5,000.00 at 12 %, 18 months; the tables of 6 months without principal are published.</summary>
    private static readonly LoanTerms Published = Agreed.Flat() with
    {
        Principal = Kobo(5_000_00),
        NumberOfInstallments = 18,
        InterestMethod = InterestMethod.DecliningBalance,
        InstallmentMultipleOf = 1,
        GracePrincipal = 6,
    };

    /// <summary>1,200.00 at 12 %, 6 months: 12.00 of interest a month.</summary>
    private static readonly LoanTerms Plain = Agreed.Flat() with
    {
        Principal = Kobo(1_200_00),
        NumberOfInstallments = 6,
        InterestMethod = InterestMethod.DecliningBalance,
    };

    [Theory]
    [InlineData(0, 0, new[] { 50_00L, 50_00, 50_00, 50_00, 50_00, 50_00 })]
    [InlineData(3, 0, new[] { 0L, 0, 0, 200_00, 50_00, 50_00 })]
    [InlineData(0, 3, new[] { 0L, 0, 0, 50_00, 50_00, 50_00 })]
    [InlineData(4, 2, new[] { 0L, 0, 0, 0, 150_00, 50_00 })]
    [InlineData(2, 4, new[] { 0L, 0, 0, 0, 50_00, 50_00 })]
    [InlineData(6, 0, new[] { 0L, 0, 0, 0, 0, 0 })]
    public void During_a_principal_grace_interest_can_be_deferred_or_free(int graceInterest, int free, long[] interest)
    {
        var terms = Published with { GraceInterest = graceInterest, InterestFreePeriods = free };
        foreach (var each in (LoanTerms[])[terms, Progressive(terms)])
        {
            var rows = Rows(each);
            rows[..6].ShouldBe(interest.Select(due => (0L, due)));
            // What is deferred past the principal grace is in the first installment, which keeps its amount.
            (rows[6].Principal + rows[6].Interest).ShouldBe(rows[7].Principal + rows[7].Interest);
            rows[6].Interest.ShouldBe(graceInterest == 6 ? 350_00 : 50_00);
            rows.Sum(row => row.Principal).ShouldBe(5_000_00);
        }
    }

    [Fact]
    public void With_both_graces_the_first_installment_is_zero()
    {
        var terms = Plain with { GracePrincipal = 1, GraceInterest = 1 };
        foreach (var each in EveryKind(terms))
            Rows(each)[0].ShouldBe((0, 0), each.ToString());
    }

    [Fact]
    public void An_interest_grace_keeps_a_level_plan_level()
    {
        var terms = Agreed.Recalculated() with { Recalculation = null, GraceInterest = 2 };
        Rows(terms).ShouldBe([(17_01, 0), (17_01, 0), (15_57, 1_44), (16_72, 29), (16_81, 20), (16_88, 10)]);
        var cumulative = terms with
        {
            ScheduleType = ScheduleType.Cumulative,
            InterestPeriod = InterestPeriod.SameAsRepaymentPeriod,
        };
        Rows(cumulative).ShouldBe(Rows(terms));
    }

    [Fact]
    public void Deferred_interest_above_one_installment_is_paid_over_several_without_raising_any()
    {
        var terms = Plain with { NumberOfInstallments = 24, AnnualRatePercent = 60m, GraceInterest = 12 };
        foreach (var each in (LoanTerms[])[terms, Progressive(terms)])
        {
            var rows = Rows(each);
            var totals = rows.Select(row => row.Principal + row.Interest).ToArray();
            totals[..^1].ShouldBe(Enumerable.Repeat(totals[0], 23));
            totals[^1].ShouldBeInRange(1, totals[0] + 24);
            rows[11].Interest.ShouldBe(0);
            rows[12].Principal.ShouldBe(0);
            rows.Sum(row => row.Principal).ShouldBe(1_200_00);
        }
    }

    [Fact]
    public void Deferred_interest_is_charged_in_full_and_free_interest_never()
    {
        foreach (var each in EveryKind(Plain with { GracePrincipal = 5 }))
        {
            var all = Rows(each).Sum(row => row.Interest);
            all.ShouldBe(72_00, each.ToString());
            Rows(each with { GraceInterest = 3 }).Sum(row => row.Interest).ShouldBe(all);
            Rows(each with { InterestFreePeriods = 2 }).Sum(row => row.Interest).ShouldBe(all - 24_00);
            Rows(each with { InterestFreePeriods = 2, GraceInterest = 4 })
                .Select(row => row.Interest)
                .ShouldBe([0L, 0, 0, 0, 36_00, 12_00]);
        }
    }

    [Fact]
    public void With_recalculation_a_payoff_includes_the_deferred_interest()
    {
        var terms = Agreed.Recalculated() with { GraceInterest = 2 };
        Rows(terms).ShouldBe(Rows(terms with { Recalculation = null }));
        var history = new History().Disburse("2024-01-01", 100_00);
        history.Replay(terms, "2024-01-16").Payoff.ShouldBe(new ComponentAmounts(100_00, 28, 0, 0));
        history.Pay("2024-02-01", 17_01).Pay("2024-03-01", 17_01);
        var loan = history.Replay(terms, "2024-03-01");
        loan.Installments.Select(row => (row.Due.Principal, row.Due.Interest)).ShouldBe(Rows(terms));
        loan.Payoff.ShouldBe(new ComponentAmounts(65_98, 1_06, 0, 0));
        // Paid 17 days early, the third bears its 14 days and what was deferred; the next has the rest of the month.
        var early = history.Pay("2024-03-15", 17_01).Replay(terms, "2024-03-15").Installments;
        early[2].Due.Interest.ShouldBe(1_23);
        early[3].Due.Interest.ShouldBe(45);
    }

    [Fact]
    public void Flat_interest_falls_due_with_the_first_installment_after_its_grace()
    {
        var terms = Agreed.Flat() with { NumberOfInstallments = 4, Principal = Kobo(4_000_00) };
        Rows(terms with { GraceInterest = 2 })
            .ShouldBe([(1_000_00, 0), (1_000_00, 0), (1_000_00, 120_00), (1_000_00, 40_00)]);
        Rows(terms with { InterestFreePeriods = 2 })
            .ShouldBe([(1_000_00, 0), (1_000_00, 0), (1_000_00, 40_00), (1_000_00, 40_00)]);
        Rows(terms with { GracePrincipal = 2, GraceInterest = 1 })
            .ShouldBe([(0, 0), (0, 80_00), (2_000_00, 40_00), (2_000_00, 40_00)]);
    }

    private static IEnumerable<LoanTerms> EveryKind(LoanTerms terms)
    {
        foreach (var amortization in Enum.GetValues<Amortization>())
        {
            yield return terms with
            {
                Amortization = amortization,
            };
            yield return terms with
            {
                Amortization = amortization,
                InterestMethod = InterestMethod.Flat,
            };
            yield return Progressive(terms) with
            {
                Amortization = amortization,
            };
        }
    }

    private static LoanTerms Progressive(LoanTerms terms) =>
        terms with
        {
            ScheduleType = ScheduleType.Progressive,
            DaysInYear = DaysInYear.Days360,
            DaysInMonth = DaysInMonth.Days30,
        };

    private static (long Principal, long Interest)[] Rows(LoanTerms terms) =>
        [
            .. Loan.Replay(terms, [], terms.SubmittedOn)
                .Installments.Select(row => (row.Due.Principal, row.Due.Interest)),
        ];
}
