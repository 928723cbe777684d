namespace Paydown.Server.Commands;

/// <summary>The verdict on a scenario file.</summary>
internal enum ScenarioVerdict
{
    Passed,
    Failed,
    NotSupported,
    Invalid,
}

/// <summary>The outcome of a scenario file.</summary>
/// <param name="File">The path of the file.</param>
internal sealed record ScenarioOutcome(string File)
{
    public string? Id { get; init; }

    public IReadOnlyList<ScenarioDifference> Differences { get; init; } = [];

    /// <summary>The features that Paydown lacks.</summary>
    public IReadOnlyList<string> NotSupported { get; init; } = [];

    /// <summary>The place and reason if the file is not a scenario; else null.</summary>
    public string? Problem { get; init; }

    public ScenarioVerdict Verdict =>
        Problem is not null ? ScenarioVerdict.Invalid
        : NotSupported.Count > 0 ? ScenarioVerdict.NotSupported
        : Differences.Count > 0 ? ScenarioVerdict.Failed
        : ScenarioVerdict.Passed;
}
