using System.Runtime.InteropServices;

namespace Paydown.Server.Platform.Http;

/// <summary>How precisely a moment was sent.</summary>
public enum MomentForm
{
    /// <summary>A calendar date alone.</summary>
    Date,

    /// <summary>A date and a time without an offset: local time of the organisation.</summary>
    LocalTime,

    /// <summary>A date-time with an offset or <c>Z</c>.</summary>
    Instant,
}

/// <summary>
/// An ISO 8601 date or date-time as it was sent. A date, and a time without an offset, mean the organisation's time
/// zone, so that a moment becomes a day or an instant only together with a zone.
/// </summary>
/// <param name="Written">Date, time and offset as written; the offset is 0 unless it is an instant.</param>
/// <param name="Form">Which of them were sent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Moment(DateTimeOffset Written, MomentForm Form)
{
    /// <summary>The calendar date of the moment in a time zone.</summary>
    public DateOnly DateIn(TimeZoneInfo zone) =>
        Form == MomentForm.Instant
            ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Written, zone).DateTime)
            : WrittenDate;

    /// <summary>
    /// A birthday or another date that has no time. Clients send such a date as midnight, in UTC or in their own zone:
    /// a midnight names the date that it is written with, any other time the date in the zone.
    /// </summary>
    public DateOnly CalendarDateIn(TimeZoneInfo zone) =>
        Written.TimeOfDay == TimeSpan.Zero ? WrittenDate : DateIn(zone);

    /// <summary>The instant of the moment in a time zone, in UTC; of a date, the start of its day.</summary>
    public DateTimeOffset InstantIn(TimeZoneInfo zone) =>
        Form == MomentForm.Instant ? Written.ToUniversalTime() : UtcOf(Written.DateTime, zone);

    /// <summary>
    /// The instant before which everything up to the moment lies, in UTC: the end of a day, or just after a time.
    /// Null: nothing comes after it.
    /// </summary>
    public DateTimeOffset? EndIn(TimeZoneInfo zone)
    {
        if (Form != MomentForm.Date)
        {
            var instant = InstantIn(zone);
            // PostgreSQL keeps microseconds.
            return instant < DateTimeOffset.MaxValue.AddSeconds(-1) ? instant.AddMicroseconds(1) : null;
        }

        return WrittenDate == DateOnly.MaxValue ? null : UtcOf(Written.DateTime.AddDays(1), zone);
    }

    private DateOnly WrittenDate => DateOnly.FromDateTime(Written.DateTime);

    private static DateTimeOffset UtcOf(DateTime local, TimeZoneInfo zone)
    {
        // Near the ends of the calendar no zone matters, and its offset would not fit.
        var offset = local.Year is > 1 and < 9999 ? zone.GetUtcOffset(local) : TimeSpan.Zero;
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset).ToUniversalTime();
    }
}
