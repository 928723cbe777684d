using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform;

/// <summary>Who acts, when, and on which business day of the organisation.</summary>
/// <param name="By">The user.</param>
/// <param name="At">The instant of recording.</param>
/// <param name="Today">The organisation's calendar date at that instant.</param>
/// <param name="InteractionId">The interaction id of the request; empty if there is no request.</param>
public sealed record ActionContext(UserId By, DateTimeOffset At, DateOnly Today, string InteractionId)
{
    /// <summary>
    /// The current instant in whole microseconds, the precision of PostgreSQL. A response then has the same instant as
    /// a later read.
    /// </summary>
    public static DateTimeOffset InstantOf(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
