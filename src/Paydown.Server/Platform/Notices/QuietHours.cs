namespace Paydown.Server.Platform.Notices;

/// <summary>The hours of a day in which a lender does not write to its customers; they may pass midnight.</summary>
/// <param name="From">The local time at which they begin.</param>
/// <param name="Until">The local time at which they end; the same as <paramref name="From"/> if there are none.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly Until)
{
    /// <summary>From 20:00 until 08:00.</summary>
    public static QuietHours Default { get; } = new(new(20, 0), new(8, 0));

    /// <summary>The instant at which the quiet hours of another end; null if they do not contain it.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var at = TimeOnly.FromDateTime(local);
        // Also right for hours that pass midnight.
        if (From == Until || !at.IsBetween(From, Until))
            return null;
        var day = DateOnly.FromDateTime(local).AddDays(at < Until ? 0 : 1);
        var end = day.ToDateTime(Until);
        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }
}
