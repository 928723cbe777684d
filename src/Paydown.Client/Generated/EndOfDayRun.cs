namespace Paydown.Client;

/// <summary>A run of the end of a day.</summary>
public sealed partial record EndOfDayRun
{
    /// <summary>The day that ends.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How far it has come.</summary>
    public required EndOfDayState State { get; init; }

    /// <summary>Loans that are done.</summary>
    public required int LoansDone { get; init; }

    /// <summary>Loans with something to do when it began.</summary>
    public required int LoansTotal { get; init; }

    /// <summary>Loans done per second; null before a second has passed.</summary>
    public required int? LoansPerSecond { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When a worker began; null if none has.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was complete; null if it is not.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}
