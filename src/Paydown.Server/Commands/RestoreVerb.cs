using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown restore</c>.</summary>
internal static class RestoreVerb
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "A file that paydown backup or pg_dump --format=custom wrote",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "restore",
            "Restore a backup into a new data directory or an empty database, and audit it.",
            "paydown restore /backups/paydown-2026-11-27.dump --data /var/lib/paydown-restored",
            "operating.md#backup"
        )
        {
            File,
            SharedOptions.Json,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
        };
        verb.SetAction(
            (parsed, token) =>
            {
                // Before a cluster is created for it.
                var file = Restore.Check(parsed.GetRequiredValue(File));
                return OnDatabase.JoinAsync(
                    Configuration.Of(parsed),
                    connection =>
                        Restore.RunAsync(
                            connection,
                            file,
                            parsed.GetValue(SharedOptions.Json),
                            parsed.InvocationConfiguration.Output,
                            token
                        ),
                    token
                );
            }
        );
        return verb;
    }
}
