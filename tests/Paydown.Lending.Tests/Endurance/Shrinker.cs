using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>Makes a history that breaks a law as small as it gets while the same law stays broken.</summary>
internal sealed class Shrinker(long seed, string law)
{
    private const int RoundsMax = 8;

    private static readonly AllocationPolicy Simplest = new() { Strategy = AllocationStrategy.OldestFirst };

    private static readonly Func<LoanTerms, LoanTerms>[] Simplifications =
    [
        terms => terms with { Recalculation = null },
        terms => terms with { OverduePenalty = null },
        terms =>
            terms.OverduePenalty is null
                ? terms
                : terms with
                {
                    OverduePenalty = terms.OverduePenalty with { EveryDays = null, CapPercent = null },
                },
        terms => terms with { DownPayment = null },
        terms => terms with { GracePrincipal = 0 },
        terms => terms with { GraceInterest = 0 },
        terms => terms with { InterestFreePeriods = 0 },
        terms => terms with { FirstDueOn = null },
        terms => terms with { InstallmentMultipleOf = null },
        terms => terms with { PartialPeriodInterest = false },
        terms => terms with { AnnualRatePercent = 0m },
        terms => terms with { AnnualRatePercent = 12m },
        terms => terms with { Principal = new Money(12_000, terms.Currency) },
        terms => terms with { NumberOfInstallments = 1 },
        terms => terms with { NumberOfInstallments = 2 },
        terms => terms with { NumberOfInstallments = 3 },
        terms => terms with { NumberOfInstallments = 6 },
        terms => terms with { Amortization = Amortization.EqualPrincipal },
        terms => terms with { InterestMethod = InterestMethod.Flat },
        terms => terms with { RepayEvery = 1, RepayUnit = PeriodUnit.Months },
        terms => terms with { Principal = new Money(terms.Principal.MinorUnits, Currency.Of("XTS", 2)) },
        terms => terms with { MonthEnd = MonthEnd.ClampToLastDay },
        terms => terms with { InterestPeriod = InterestPeriod.SameAsRepaymentPeriod },
        terms => terms with { DaysInYear = DaysInYear.Actual },
        terms => terms with { DaysInMonth = DaysInMonth.Actual },
        terms => terms with { ScheduleType = ScheduleType.Cumulative },
        terms => terms with { Allocation = Simplest },
        terms => terms with { Allocation = terms.Allocation with { DefaultFutureRule = FutureRule.NextInstallment } },
    ];

    public (LoanTerms Terms, IReadOnlyList<Step> Steps) Shrink(LoanTerms terms, IReadOnlyList<Step> steps)
    {
        var isSmaller = true;
        for (var round = 0; isSmaller && round < RoundsMax; round++)
        {
            isSmaller = false;
            for (var i = steps.Count - 1; i >= 0; i--)
                isSmaller |= TryWithout(terms, ref steps, i);
            foreach (var simplify in Simplifications)
                isSmaller |= TrySimpler(ref terms, simplify, steps);
        }

        return (terms, steps);
    }

    // The days of a step that is dropped pass before the next one, so that the others keep their days.
    private bool TryWithout(LoanTerms terms, ref IReadOnlyList<Step> steps, int dropped)
    {
        var fewer = steps.Where((_, i) => i != dropped).ToList();
        if (!Breaks(terms, fewer))
        {
            if (dropped == fewer.Count)
                return false;
            fewer[dropped] = fewer[dropped] with { Days = fewer[dropped].Days + steps[dropped].Days };
            if (!Breaks(terms, fewer))
                return false;
        }

        steps = fewer;
        return true;
    }

    private bool TrySimpler(ref LoanTerms terms, Func<LoanTerms, LoanTerms> simplify, IReadOnlyList<Step> steps)
    {
        var simpler = simplify(terms);
        if (simpler == terms || !Breaks(simpler, steps))
            return false;
        // The rate goes to the first that breaks the law, and not back and forth.
        if (terms.AnnualRatePercent == 0m && simpler.AnnualRatePercent != 0m)
            return false;
        if (terms.NumberOfInstallments < simpler.NumberOfInstallments)
            return false;
        terms = simpler;
        return true;
    }

    private bool Breaks(LoanTerms terms, IReadOnlyList<Step> steps)
    {
        try
        {
            Simulation.Run(terms, steps, seed);
            return false;
        }
        catch (LawBrokenException broken)
        {
            return broken.Law == law;
        }
    }
}
