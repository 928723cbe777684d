using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown backup</c>.</summary>
internal static class BackupVerb
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "The new file. It contains secrets and personal data",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "backup",
            "Write the database to a file, as of one moment. A server may be running.",
            "paydown backup /backups/paydown-2026-11-27.dump --data .paydown",
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
                OnDatabase.ConnectAsync(
                    Configuration.Of(parsed),
                    connection =>
                        Backup.RunAsync(
                            connection,
                            parsed.GetRequiredValue(File),
                            parsed.GetValue(SharedOptions.Json),
                            parsed.InvocationConfiguration.Output,
                            token
                        ),
                    token
                )
        );
        return verb;
    }
}
