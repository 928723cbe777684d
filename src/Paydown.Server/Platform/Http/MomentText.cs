using System.Globalization;
using System.Text.RegularExpressions;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Parses dates and date-times as clients write them: ISO 8601 in its extended form, with up to nine fraction digits
/// (Java and Go print nanoseconds; anything finer than 100 ns is cut off), and for headers the three forms of an
/// HTTP-date.
/// </summary>
internal static partial class MomentText
{
    private static readonly string[] CommonForms =
    [
        "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    // RFC 9110 §5.6.7: a recipient of an HTTP-date must accept the two obsolete forms too.
    private static readonly string[] HttpForms =
    [
        "r",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
        "ddd MMM  d HH:mm:ss yyyy",
    ];

    /// <summary>Parses an ISO 8601 date or date-time.</summary>
    public static bool TryRead(string text, out Moment moment)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date))
        {
            moment = OfDate(date);
            return true;
        }

        return TryReadDateTime(text, out moment);
    }

    /// <summary>Parses a calendar date.</summary>
    public static Moment OfDate(DateOnly date) => new(new DateTimeOffset(date, default, default), MomentForm.Date);

    /// <summary>True if a header has an ISO 8601 date-time or an HTTP-date.</summary>
    public static bool IsDateTime(string text) =>
        TryReadDateTime(text, out _)
        || DateTimeOffset.TryParseExact(text, HttpForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool TryReadDateTime(string text, out Moment moment)
    {
        moment = default;
        if (text.Length is < 16 or > 35)
            return false;
        var match = Extended().Match(text);
        if (!match.Success)
            return false;
        var (fraction, zone) = (match.Groups["fraction"].Value, match.Groups["zone"].Value);
        var isRead = DateTimeOffset.TryParseExact(
            $"{match.Groups["date"]}T{match.Groups["time"]}"
                + (fraction.Length > 0 ? "." + fraction[..Math.Min(fraction.Length, 7)] : "")
                + ZoneOf(zone),
            CommonForms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var written
        );
        if (isRead)
            moment = new Moment(written, zone.Length == 0 ? MomentForm.LocalTime : MomentForm.Instant);
        return isRead;
    }

    // +01 and +0100 are +01:00.
    private static string ZoneOf(string zone) =>
        zone.Length switch
        {
            1 => "Z",
            3 => zone + ":00",
            5 => $"{zone[..3]}:{zone[3..]}",
            _ => zone,
        };

    [GeneratedRegex(
        @"^(?<date>\d{4}-\d{2}-\d{2})[Tt](?<time>\d{2}:\d{2}(:\d{2})?)([.,](?<fraction>\d{1,9}))?"
            + @"(?<zone>[Zz]|[+-]\d{2}(:?\d{2})?)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Extended();
}
