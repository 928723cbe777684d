using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Brings the schema up to this program. A server does it by itself when it starts; the verb is for those who do it
/// before, with a role that may.
/// </summary>
internal static class Migrate
{
    /// <summary>Applies what is missing and names it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource dataSource, TextWriter output, CancellationToken token)
    {
        var applied = await new Migrator(dataSource, TimeProvider.System).ApplyAsync(token);
        foreach (var name in applied)
            await output.WriteLineAsync($"Applied {name}.");
        if (applied.Count == 0)
            await output.WriteLineAsync("Nothing to apply: the schema is up to date.");
        return 0;
    }
}
