using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown migrate</c>.</summary>
internal static class MigrateVerb
{
    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "migrate",
            "Upgrade the database schema to the version of this program.",
            "paydown migrate --database \"Host=db.internal;Database=paydown;Username=paydown_owner\"",
            "operating.md#the-database"
        )
        {
            SharedOptions.Json,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
            SharedOptions.Databases,
            SharedOptions.On,
        };
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsOwnerAsync(
                    parsed,
                    (db, output, stop) => Migrate.RunAsync(db, parsed.GetValue(SharedOptions.Json), output, stop),
                    token
                )
        );
        return verb;
    }
}
