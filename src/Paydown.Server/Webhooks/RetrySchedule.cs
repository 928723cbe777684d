using System.Security.Cryptography;

namespace Paydown.Server.Webhooks;

/// <summary>
/// When a failed delivery is tried again: ten retries over about three days. After the last one the delivery is dead.
/// </summary>
public static class RetrySchedule
{
    // A receiver that says when to come back is believed up to this long.
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(18),
        TimeSpan.FromHours(22),
    ];

    /// <summary>The number of attempts, the first one included.</summary>
    public static int AttemptsMax => Pauses.Length + 1;

    /// <summary>
    /// The pause before the next attempt, with up to a tenth added at random, so that retries of one outage spread.
    /// Null if there is none.
    /// </summary>
    /// <param name="attempts">The number of attempts so far, at least 1.</param>
    /// <param name="retryAfter">The pause that the receiver asked for; null if it did not.</param>
    public static TimeSpan? PauseAfter(int attempts, TimeSpan? retryAfter)
    {
        if (attempts >= AttemptsMax)
            return null;
        var pause = Pauses[attempts - 1];
        if (retryAfter > pause)
            pause = retryAfter.Value < RetryAfterMax ? retryAfter.Value : RetryAfterMax;
        return pause + pause * RandomNumberGenerator.GetInt32(0, 1000) / 10_000;
    }
}
