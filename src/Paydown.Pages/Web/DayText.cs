using System.Globalization;

namespace Paydown.Pages.Web;

/// <summary>Writes days and times for people.</summary>
public static class DayText
{
    /// <summary>A day, such as 3 May 2026.</summary>
    public static string Of(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day; a dash if there is none.</summary>
    public static string Of(DateOnly? day) => day is { } known ? Of(known) : "–";

    /// <summary>A day without its year if that is clear, such as 3 May.</summary>
    public static string Short(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The day of a local time.</summary>
    public static string Of(DateTime local) => Of(DateOnly.FromDateTime(local));

    /// <summary>A local time, such as 3 May 2026, 14:05.</summary>
    public static string WithTime(DateTime local) => local.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day in the form of date fields.</summary>
    public static string Field(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number of days, such as 1 day or 12 days.</summary>
    public static string Days(int days) =>
        days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    /// <summary>When a day is or was, seen from today: today, tomorrow, in 5 days, 3 days ago.</summary>
    public static string FromToday(DateOnly day, DateOnly today) =>
        (day.DayNumber - today.DayNumber) switch
        {
            0 => "today",
            1 => "tomorrow",
            -1 => "yesterday",
            > 0 and var ahead => $"in {Days(ahead)}",
            var ago => $"{Days(-ago)} ago",
        };
}
