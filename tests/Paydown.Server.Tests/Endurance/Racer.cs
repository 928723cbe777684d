namespace Paydown.Server.Tests.Endurance;

/// <summary>Calls of many concurrent clients, which retry while the server is busy.</summary>
internal static class Racer
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Repeats the request while the response is 503 or the key is in use.</summary>
    public static async Task<Reply> RaceAsync(
        this TestUser user,
        HttpMethod method,
        string path,
        string key,
        object? body = null
    )
    {
        while (true)
        {
            var reply = await user.SendAsync(method, path, body, key);
            if (reply.Status != 503 && reply.Code != "IDEMPOTENCY_IN_PROGRESS")
                return reply;
            // A client must not hammer a busy server.
            await Task.Delay(RetryPause);
        }
    }
}
