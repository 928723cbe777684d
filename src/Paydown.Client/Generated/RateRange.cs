namespace Paydown.Client;

/// <summary>A range of interest rates in percent per year; both ends are included.</summary>
public sealed partial record RateRange
{
    /// <summary>The lowest rate.</summary>
    public required decimal Minimum { get; init; }

    /// <summary>The highest rate.</summary>
    public required decimal Maximum { get; init; }
}
