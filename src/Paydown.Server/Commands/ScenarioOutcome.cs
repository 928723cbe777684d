namespace Paydown.Server.Commands;

/// <summary>What came of a scenario file that was compared.</summary>
internal enum ScenarioVerdict
{
    Passed,
    Failed,
    NotSupported,
    Invalid,
}

/// <summary>A scenario file and what came of it.</summary>
/// <param name="File">Its path, as it was found.</param>
internal sealed record ScenarioOutcome(string File)
{
    public string? Id { get; init; }

    public IReadOnlyList<ScenarioDifference> Differences { get; init; } = [];

    /// <summary>Names of what it asks for that Paydown cannot do yet.</summary>
    public IReadOnlyList<string> NotSupported { get; init; } = [];

    /// <summary>If it is not a scenario: where and why.</summary>
    public string? Problem { get; init; }

    public ScenarioVerdict Verdict =>
        Problem is not null ? ScenarioVerdict.Invalid
        : NotSupported.Count > 0 ? ScenarioVerdict.NotSupported
        : Differences.Count > 0 ? ScenarioVerdict.Failed
        : ScenarioVerdict.Passed;
}
