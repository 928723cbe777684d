using System.Runtime.InteropServices;

namespace Paydown.Server.Platform.Http;

/// <summary>The form in which a moment was sent.</summary>
public enum MomentForm
{
    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A date and time without an offset, in local time of the organisation.</summary>
    LocalTime,

    /// <summary>A date-time with an offset or <c>Z</c>.</summary>
    Instant,
}

/// <summary>
/// An ISO 8601 date or date-time as it was sent. A date, or a time without an offset, is in the organisation's time
/// zone, so a moment becomes a date or an instant only together with a zone.
/// </summary>
/// <param name="Written">Date, time and offset as written; the offset is 0 unless it is an instant.</param>
/// <param name="Form">The form.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Moment(DateTimeOffset Written, MomentForm Form)
{
    /// <summary>The calendar date of the moment in a time zone.</summary>
    public DateOnly DateIn(TimeZoneInfo zone) =>
        Form == MomentForm.Instant
            ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Written, zone).DateTime)
            : WrittenDate;

    /// <summary>
    /// The date of a birthday, or of another day without a time. Clients send it as midnight in UTC or in their own
    /// zone, so midnight means the date as written, and any other time means the date in the zone.
    /// </summary>
    public DateOnly CalendarDateIn(TimeZoneInfo zone) =>
        Written.TimeOfDay == TimeSpan.Zero ? WrittenDate : DateIn(zone);

    /// <summary>The instant of the moment in a time zone, in UTC; for a date the start of the day.</summary>
    public DateTimeOffset InstantIn(TimeZoneInfo zone) =>
        Form == MomentForm.Instant ? Written.ToUniversalTime() : UtcOf(Written.DateTime, zone);

    /// <summary>
    /// The first instant after the moment, in UTC: the end of the day, or just after the time. Null if there is none.
    /// </summary>
    public DateTimeOffset? EndIn(TimeZoneInfo zone)
    {
        if (Form != MomentForm.Date)
        {
            var instant = InstantIn(zone);
            // PostgreSQL stores microseconds.
            return instant < DateTimeOffset.MaxValue.AddSeconds(-1) ? instant.AddMicroseconds(1) : null;
        }

        return WrittenDate == DateOnly.MaxValue ? null : UtcOf(Written.DateTime.AddDays(1), zone);
    }

    private DateOnly WrittenDate => DateOnly.FromDateTime(Written.DateTime);

    private static DateTimeOffset UtcOf(DateTime local, TimeZoneInfo zone)
    {
        // At the ends of the calendar, the offset of a zone would overflow.
        var offset = local.Year is > 1 and < 9999 ? zone.GetUtcOffset(local) : TimeSpan.Zero;
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset).ToUniversalTime();
    }
}
