using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>No test sleeps for luck: it waits for a condition (<see cref="Wait"/>) or moves the clock.</summary>
public sealed class SleepTests
{
    private const string Folder = "tests/Paydown.Server.Tests/";

    private static readonly string[] Sleeps = ["Task.Delay", "Thread.Sleep", "Thread.SpinWait", "SpinWait.SpinUntil"];

    // The files that may pause, and why.
    private static readonly Dictionary<string, string> Allowed = new()
    {
        [Folder + "Wait.cs"] = "checks a condition every few milliseconds",
        [Folder + "Client/ClientRetryTests.cs"] = "plays a server that never responds",
        [Folder + "Endurance/Clients.cs"] = "clients pause before they retry",
        [Folder + "Endurance/Racer.cs"] = "clients pause before they retry",
        [Folder + "Endurance/SoakLoad.cs"] = "keeps the load at its rate",
        [Folder + "Endurance/CrashLoop.cs"] = "kills at a random moment",
    };

    [Fact]
    public void Tests_pause_only_where_a_pause_is_the_subject()
    {
        var findings = new Findings();
        var pausing = new HashSet<string>();
        foreach (var (file, access) in Code.Nodes<MemberAccessExpressionSyntax>("tests"))
        {
            if (!Sleeps.Contains(access.ToString()))
                continue;
            pausing.Add(file.Path);
            if (!Allowed.ContainsKey(file.Path))
                findings.Add(file, Code.LineOf(access), $"{access}: wait with Wait.UntilAsync, or move the clock.");
        }

        findings.ShouldBeNone();
        Allowed.Keys.Except(pausing).ShouldBeEmpty("These files no longer pause; take them off the list.");
    }
}
