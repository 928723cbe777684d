using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Keeps this server's copy of the revoked sessions and signing keys up to date. It listens for notifications
/// (PostgreSQL LISTEN/NOTIFY), so a logout on one server takes effect on all within milliseconds. After a lost
/// connection it reads everything again. It also polls every few seconds, because a connection pooler may drop
/// notifications. A standby sends none, so there it polls every second. While the database is away, a revoked token
/// cannot read or write anything either.
/// </summary>
public sealed class RevocationFeed(
    NpgsqlDataSource database,
    RevokedSessions revoked,
    SigningKeys keys,
    SigningKeyStore keyStore,
    TimeProvider time,
    ILogger<RevocationFeed> logger
) : BackgroundService
{
    private static readonly TimeSpan PollPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StandbyPollPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(250);

    // Another server writes the time of its own clock and commits a little later, so each poll overlaps the last one.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private DateTimeOffset polledAt;
    private bool keysChanged;
    private bool isLost;

    /// <summary>Loads the revoked sessions and creates the first key, before the first request is accepted.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await keyStore.RotateIfDueAsync(cancellationToken) is { } made)
                IdentityLog.KeyMade(logger, made);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await LoadAllAsync(connection, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailures.IsAway(exception))
        {
            throw new OperatingException("The database cannot be reached, so no sign-in is possible.", exception);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The feed must survive whatever fails; it logs and connects again.
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseFailures.IsAway(exception))
            {
                if (!isLost)
                    IdentityLog.FeedLost(logger, DatabaseFailures.Describe(exception));
                isLost = true;
            }
            catch (Exception exception)
            {
                IdentityLog.FeedFailed(logger, exception);
            }
#pragma warning restore CA1031

            await Task.Delay(ReconnectPause, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        if (await PollStandbyAsync(connection, token))
            return;
        connection.Notification += Hear;
        try
        {
            await using (
                var listen = new NpgsqlCommand(
                    $"listen {RevocationStore.Channel}; listen {SigningKeyStore.Channel}",
                    connection
                )
            )
                await listen.ExecuteNonQueryAsync(token);
            // After listening has begun, so no revocation is missed in between.
            await LoadAllAsync(connection, token);
            IdentityLog.FeedListens(logger, revoked.Count);
            isLost = false;
            while (true)
            {
                await connection.WaitAsync(PollPause, token);
                // By the clock: notifications that keep coming must not delay the poll.
                if (time.GetUtcNow() - polledAt >= PollPause)
                    await PollAsync(connection, token);
                else if (keysChanged)
                    await LoadKeysAsync(connection, token);
            }
        }
        finally
        {
            // The connection returns to the pool.
            connection.Notification -= Hear;
        }
    }

    /// <summary>Polls a standby until it is promoted.</summary>
    /// <returns>False if the database is a primary.</returns>
    private async Task<bool> PollStandbyAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var wasStandby = false;
        while (await Database.IsStandbyAsync(connection, token))
        {
            await LoadAllAsync(connection, token);
            if (!wasStandby)
                IdentityLog.FeedPolls(logger, revoked.Count);
            (wasStandby, isLost) = (true, false);
            await Task.Delay(StandbyPollPause, time, token);
        }

        return wasStandby;
    }

    private void Hear(object sender, NpgsqlNotificationEventArgs word)
    {
        if (word.Channel == SigningKeyStore.Channel)
            keysChanged = true;
        else if (RevocationStore.TryRead(word.Payload, out var sessionId, out var until))
            revoked.Add(sessionId, until);
    }

    private Task LoadAllAsync(NpgsqlConnection connection, CancellationToken token)
    {
        polledAt = DateTimeOffset.MinValue;
        return PollAsync(connection, token);
    }

    private async Task PollAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var since = polledAt == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : polledAt - Overlap;
        await RevocationStore.LoadAsync(connection, since, now, revoked, token);
        await LoadKeysAsync(connection, token);
        polledAt = now;
        revoked.ForgetExpired(now);
    }

    private async Task LoadKeysAsync(NpgsqlConnection connection, CancellationToken token)
    {
        keysChanged = false;
        keys.Replace(await SigningKeyStore.LoadAsync(connection, token));
    }
}
