using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>The findings of a tidy test, each with its place and what would be right.</summary>
internal sealed class Findings
{
    private const int ShownMax = 60;
    private readonly List<string> findings = [];

    public void Add(SourceFile file, int line, string whatIsRight) =>
        findings.Add($"{file.Path}:{line}: {whatIsRight}");

    public void Add(string whatIsRight) => findings.Add(whatIsRight);

    public void ShouldBeNone()
    {
        if (findings.Count == 0)
            return;
        var rest = findings.Count > ShownMax ? $"\n… and {findings.Count - ShownMax} more" : "";
        Assert.Fail($"{findings.Count} to correct:\n{string.Join('\n', findings.Take(ShownMax))}{rest}");
    }
}
