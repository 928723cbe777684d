namespace Paydown.Lending.Tests.Endurance;

/// <summary>What somebody tries to do to a loan.</summary>
internal enum StepKind
{
    Report,
    Verify,
    Reject,
    Reverse,
    Retry,
    Statement,
    Charge,
    PayOff,
    Wait,
    Waive,
    Credit,
    Chargeback,
    Refund,
    Tranche,
    RuleChange,
    WriteOff,
    Act,
}

/// <summary>
/// One step of a history. Which thing it is about, and how much, follows from its choice and the loan that it meets: so
/// any steps can be left out of a history, and the rest still is one.
/// </summary>
/// <param name="Kind">What is tried.</param>
/// <param name="Days">Days that pass before.</param>
/// <param name="Choice">Chance for all that the step has to choose.</param>
internal readonly record struct Step(StepKind Kind, int Days, long Choice)
{
    private const int StepsMax = 14;

    // How often each kind comes among a hundred.
    private static readonly (StepKind Kind, int Weight)[] Weights =
    [
        (StepKind.Report, 18),
        (StepKind.Verify, 22),
        (StepKind.Reject, 4),
        (StepKind.Reverse, 8),
        (StepKind.Retry, 4),
        (StepKind.Statement, 9),
        (StepKind.Charge, 8),
        (StepKind.PayOff, 5),
        (StepKind.Wait, 4),
        (StepKind.Waive, 3),
        (StepKind.Credit, 4),
        (StepKind.Chargeback, 3),
        (StepKind.Refund, 3),
        (StepKind.Tranche, 2),
        (StepKind.RuleChange, 2),
        (StepKind.WriteOff, 1),
        (StepKind.Act, 7),
    ];

    private static readonly StepKind[] Drawn =
    [
        .. Weights.SelectMany(kind => Enumerable.Repeat(kind.Kind, kind.Weight)),
    ];

    public static Step[] Some(Dice dice)
    {
        var steps = new Step[dice.OnceIn(50) ? dice.Between(StepsMax, 3 * StepsMax) : dice.Between(1, StepsMax)];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = new Step(dice.Pick<StepKind>(Drawn), SomeDays(dice), dice.Next());
        return steps;
    }

    private static int SomeDays(Dice dice) =>
        dice.Below(20) switch
        {
            < 9 => 0,
            19 => dice.Between(30, 500),
            _ => dice.Between(1, 40),
        };
}
