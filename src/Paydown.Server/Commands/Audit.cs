using Npgsql;

namespace Paydown.Server.Commands;

/// <summary>Recomputes every loan and checks every law of the books, on a snapshot, while servers run.</summary>
internal static class Audit
{
    /// <summary>Prints each breach and a closing count.</summary>
    /// <returns>The exit code: 0 where nothing is wrong.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource dataSource, TextWriter output, CancellationToken token)
    {
        await output.WriteLineAsync("audit is not built yet.".AsMemory(), token);
        return 1;
    }
}
