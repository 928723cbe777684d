namespace Paydown.Client;

/// <summary>How far the end of day has come.</summary>
public sealed partial record EndOfDay
{
    /// <summary>The first day whose end of day is not complete.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>The newest runs, latest day first; at most 10.</summary>
    public required IReadOnlyList<EndOfDayRun> Runs { get; init; }

    /// <summary>Loans whose replay fails, and which each run tries again; at most 100.</summary>
    public required IReadOnlyList<LoanSetAside> SetAside { get; init; }
}
