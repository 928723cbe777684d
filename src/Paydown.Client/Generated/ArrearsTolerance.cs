namespace Paydown.Client;

/// <summary>What an installment may still owe without being overdue: the larger of the two.</summary>
public sealed partial record ArrearsTolerance
{
    /// <summary>An amount; 0 for none.</summary>
    public required decimal Amount { get; init; }

    /// <summary>A part of what the installment asked for: 0 to 100.</summary>
    public required decimal Percent { get; init; }
}
