using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Records when API tokens were last used: at most once a minute per token, in the background, and not while the
/// database is away.
/// </summary>
public sealed class ApiTokenUses(NpgsqlDataSource database, TimeProvider time, ILogger<ApiTokenUses> logger)
    : BackgroundService
{
    private static readonly TimeSpan Coarseness = TimeSpan.FromMinutes(1);
    private const int RememberedMax = 10_000;
    private const int WaitingMax = 1_000;

    private readonly ConcurrentDictionary<ApiTokenId, DateTimeOffset> noted = new();

    private readonly Channel<ApiTokenId> waiting = Channel.CreateBounded<ApiTokenId>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    /// <summary>Records that a token is used now.</summary>
    public void Note(ApiTokenId tokenId)
    {
        var now = time.GetUtcNow();
        if (noted.TryGetValue(tokenId, out var last) && now - last < Coarseness)
            return;
        if (noted.Count >= RememberedMax)
            noted.Clear();
        noted[tokenId] = now;
        waiting.Writer.TryWrite(tokenId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
                await TryWriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellation)
    {
        var ids = new HashSet<ApiTokenId>();
        while (ids.Count < WaitingMax && waiting.Reader.TryRead(out var id))
            ids.Add(id);
        try
        {
            await ApiTokenStore.AddUsesAsync(database, ids, time.GetUtcNow(), cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            IdentityLog.UseNotWritten(logger, DatabaseFailures.Describe(exception));
        }
    }
}
