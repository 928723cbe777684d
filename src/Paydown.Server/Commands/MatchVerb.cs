using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown match</c>.</summary>
internal static class MatchVerb
{
    private static readonly Argument<string> Set = new("file")
    {
        Description = "A labelled set (JSON): loans, reports, and the entries of bank statements in their order",
    };

    private static readonly Option<bool> Reasons = new("--reasons")
    {
        Description = "Write the rule, the reasons and the suggestions of each entry, too",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Write one JSON document; this command always does",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "match",
            "Match the entries of a labelled set to its loans and reports, without a database.",
            "paydown match set.json",
            "bank-statements.md#matching",
            exitCodes: MatchSet.ExitCodes
        )
        {
            Set,
            Reasons,
            Json,
        };
        verb.SetAction(parsed =>
            MatchSet.Run(
                parsed.GetRequiredValue(Set),
                parsed.GetValue(Reasons),
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error
            )
        );
        return verb;
    }
}
