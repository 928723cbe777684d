using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown simulate</c>.</summary>
internal static class SimulateVerb
{
    private static readonly Argument<string[]> Paths = new("paths")
    {
        Description = "Scenario files (JSON), or folders: all .json files in and below them",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Compare the figures with those that each scenario expects",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "With --check: write one JSON document instead of lines",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "simulate",
            "Replay loan scenarios, without a database.",
            "paydown simulate --check scenarios/",
            "replay.md",
            exitCodes: Simulate.ExitCodes
        )
        {
            Paths,
            Check,
            Json,
        };
        verb.SetAction(parsed =>
            Simulate.Run(
                parsed.GetRequiredValue(Paths),
                parsed.GetValue(Check),
                parsed.GetValue(Json),
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error
            )
        );
        return verb;
    }
}
