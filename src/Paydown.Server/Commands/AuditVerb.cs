using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown audit</c>.</summary>
internal static class AuditVerb
{
    private static readonly Option<string?> State = new("--state")
    {
        Description = "Keep in this file what is checked, and go on from there after an interruption",
        HelpName = "FILE",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "audit",
            "Recompute every loan and check the books. Changes nothing; a server may be running.",
            "paydown audit --data .paydown",
            "operating.md#audit",
            ExitCode.NotAudited,
            "0 the books are right, 1 they are wrong, 2 the audit could not run, 130 interrupted"
        )
        {
            SharedOptions.DataFolder,
            SharedOptions.Connection,
            SharedOptions.Databases,
            SharedOptions.On,
            SharedOptions.Json,
            State,
        };
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    (db, output, stop) =>
                        Audit.RunAsync(
                            db,
                            output,
                            new AuditOptions
                            {
                                Json = parsed.GetValue(SharedOptions.Json),
                                StateFile = parsed.GetValue(State),
                            },
                            stop
                        ),
                    token
                )
        );
        return verb;
    }
}
