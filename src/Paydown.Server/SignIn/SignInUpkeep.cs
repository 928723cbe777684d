using Npgsql;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>
/// Once an hour, creates a new signing key if one is due and deletes what has expired. Every server does so; doing it
/// twice is harmless.
/// </summary>
public sealed class SignInUpkeep(
    NpgsqlDataSource database,
    SigningKeyStore keyStore,
    TimeProvider time,
    ILogger<SignInUpkeep> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // Failures count for four hours. A day of them is kept to investigate attacks.
    private static readonly TimeSpan FailuresKept = TimeSpan.FromDays(1);

    /// <summary>Runs the upkeep once.</summary>
    public async Task RunOnceAsync(CancellationToken token)
    {
        if (await keyStore.RotateIfDueAsync(token) is { } made)
            IdentityLog.KeyMade(logger, made);
        await keyStore.RemoveSpentAsync(token);
        var now = time.GetUtcNow();
        await RevocationStore.RemoveExpiredAsync(database, now, token);
        await SignInStore.RemoveExpiredAsync(database, now, token);
        await SignInFailures.RemoveBeforeAsync(database, now - FailuresKept, token);
        await OneTimeTokenStore.RemoveExpiredAsync(database, now, token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryRunOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    private async Task TryRunOnceAsync(CancellationToken token)
    {
        try
        {
            await RunOnceAsync(token);
        }
        catch (Exception exception) when (!token.IsCancellationRequested)
        {
            IdentityLog.UpkeepFailed(logger, exception);
        }
    }
}
