namespace Paydown.Server.Platform;

/// <summary>Who does something, when, and on which business day of the organisation.</summary>
/// <param name="By">The user.</param>
/// <param name="At">The instant of recording.</param>
/// <param name="Today">The organisation's calendar date at that instant.</param>
/// <param name="InteractionId">The caller's name for the request; empty where there is no request.</param>
public sealed record ActionContext(Guid By, DateTimeOffset At, DateOnly Today, string InteractionId)
{
    /// <summary>
    /// This instant in whole microseconds, as PostgreSQL keeps it: what is answered now is what is read later.
    /// </summary>
    public static DateTimeOffset InstantOf(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
