using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>A history that breaks a law, made small, as people can read it and one command can replay it.</summary>
internal sealed record BrokenHistory(long Seed, string Law, string Text)
{
    private const int RowsTold = 24;

    private const string Command =
        "dotnet run --project tests/Paydown.Lending.Tests -c Release -- -class '*SimulationTests'";

    public static BrokenHistory Of(LoanTerms terms, IReadOnlyList<Step> steps, long seed, LawBrokenException broken)
    {
        var (smallTerms, smallSteps) = new Shrinker(seed, broken.Law).Shrink(terms, steps);
        Func<SimulatedLoan?> lived = () => null;
        try
        {
            Simulation.Run(smallTerms, smallSteps, seed, out lived);
        }
        catch (LawBrokenException smallest)
        {
            broken = smallest;
        }

        return new BrokenHistory(seed, broken.Law, Tell(smallTerms, lived(), seed, broken));
    }

    private static string Tell(LoanTerms terms, SimulatedLoan? loan, long seed, LawBrokenException broken)
    {
        var text = new StringBuilder()
            .AppendLine($"{broken.Message}")
            .AppendLine($"  replay: PAYDOWN_SEED={seed} PAYDOWN_COUNT=1 {Command}")
            .AppendLine($"  {terms}")
            .AppendLine($"  {Tell(terms.Allocation)}");
        foreach (var one in loan?.Events ?? [])
        {
            text.AppendLine($"  {one}");
        }

        if (loan is null)
            return text.ToString();
        text.AppendLine($"  on {loan.Today:o}: {loan.State.Status}, payoff {loan.State.Payoff}");
        foreach (var row in loan.State.Installments.Take(RowsTold))
            text.AppendLine($"    {row.Number}. due {row.DueOn:o} {Tell(row.Due)}, paid {Tell(row.Paid)}");
        return text.ToString();
    }

    private static string Tell(ComponentAmounts parts) =>
        $"{parts.Principal} + {parts.Interest} + {parts.Fees} + {parts.Penalty}";

    private static string Tell(AllocationPolicy policy) =>
        policy.Strategy switch
        {
            AllocationStrategy.OldestFirst => $"order {string.Join(", ", policy.Order)}",
            AllocationStrategy.DueThenInAdvance =>
                $"due {string.Join(", ", policy.Due)}; in advance {string.Join(", ", policy.InAdvance)}",
            _ => $"{policy.Processing}, {policy.DefaultFutureRule}, "
                + $"{string.Join(", ", policy.FutureRules)}: {string.Join(", ", policy.Buckets)}",
        };
}
