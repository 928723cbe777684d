using System.Text.Json;
using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Upgrades the schema. A server does so when it starts; the verb is for doing it beforehand, with a role that may
/// change the schema.
/// </summary>
internal static class Migrate
{
    /// <summary>Applies the missing migrations and prints their names.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        NpgsqlDataSource dataSource,
        bool json,
        TextWriter output,
        CancellationToken token
    )
    {
        var applied = await new Migrator(dataSource, TimeProvider.System).ApplyAsync(token);
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new { Applied = applied }, Wire.Options));
            return 0;
        }

        foreach (var name in applied)
            await output.WriteLineAsync($"Applied {name}.");
        if (applied.Count == 0)
            await output.WriteLineAsync("Nothing to apply: the schema is up to date.");
        return 0;
    }
}
