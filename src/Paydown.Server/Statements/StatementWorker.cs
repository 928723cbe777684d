using Npgsql;
using Paydown.Server.Platform;

namespace Paydown.Server.Statements;

/// <summary>
/// Matches what imports left: the entries of large files, and those whose import was interrupted. Any number of workers
/// may run: each takes other entries. It also looks again at open money when customers report it later.
/// </summary>
public sealed class StatementWorker(
    NpgsqlDataSource database,
    EntryMatching matching,
    TimeProvider time,
    ILogger<StatementWorker> logger
) : BackgroundService
{
    private const int CountMax = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);

    /// <summary>Matches some entries of each organisation.</summary>
    /// <returns>The number of entries that were decided.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var total = 0;
        foreach (var organisationId in await EntryMatchStore.ListWaitingAsync(database, cancellation))
            total += await matching.MatchAsync(organisationId, CountMax, cancellation);
        foreach (var organisationId in await EntryMatchStore.ListConsiderableAsync(database, cancellation))
            total += await matching.LookAgainAsync(organisationId, cancellation);
        return total;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync(
            async token => await RunOnceAsync(token) > 0,
            Pause,
            PauseMax,
            time,
            exception => StatementsLog.MatchingFailed(logger, exception),
            stoppingToken
        );
}
