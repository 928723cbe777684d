namespace Paydown.Client;

/// <summary>A loan whose replay fails.</summary>
public sealed partial record LoanSetAside
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The day whose run failed last.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Why it fails.</summary>
    public required string Reason { get; init; }

    /// <summary>The number of runs that tried it.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it failed last.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
