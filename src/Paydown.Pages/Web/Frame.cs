using Paydown.Client;

namespace Paydown.Pages.Web;

/// <summary>What every page knows: the user, the form, and how to write money and days.</summary>
/// <param name="Call">The request.</param>
public sealed record Frame(PageCall Call)
{
    /// <summary>The form of the page.</summary>
    public PageForm Form => Call.Form;

    /// <summary>The signed-in user; null if nobody is.</summary>
    public PageUser? User => Call.User;

    /// <summary>The lender's calendar day.</summary>
    public DateOnly Today => Call.SignedIn.Lender.Today;

    /// <summary>An instant as the lender's day, such as 3 May 2026.</summary>
    public string Day(DateTimeOffset instant) => DayText.Of(Local(instant).DateTime);

    /// <summary>An instant as the lender's day, for tables, such as 3 Mar 2026.</summary>
    public string ShortDay(DateTimeOffset instant) => DayText.Short(DateOnly.FromDateTime(Local(instant).DateTime));

    /// <summary>An instant as the lender's day and time, such as 3 May 2026, 14:05.</summary>
    public string Moment(DateTimeOffset instant) => DayText.WithTime(Local(instant).DateTime);

    /// <summary>How long ago an instant was, such as 3 days.</summary>
    public string Age(DateTimeOffset instant) => DayText.Days(DaysSince(instant));

    /// <summary>How many calendar days ago an instant was.</summary>
    public int DaysSince(DateTimeOffset instant) =>
        Today.DayNumber - DateOnly.FromDateTime(Local(instant).DateTime).DayNumber;

    /// <summary>The address of this page with another query; parameters without a value are left out.</summary>
    public string With(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new List<string>();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
                query.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        return query.Count == 0 ? Path : $"{Path}?{string.Join('&', query)}";
    }

    /// <summary>The path of this page.</summary>
    public string Path => Call.Http.Request.Path.Value!;

    /// <summary>The address of the next page of a list; null on the last one. The filters of the query stay.</summary>
    public string? Next<T>(Page<T> page)
    {
        if (page.Next is not { } next)
            return null;
        var kept = Call
            .Http.Request.Query.Where(pair => pair.Key != "after")
            .Select(pair => (pair.Key, (string?)pair.Value));
        return With([.. kept, ("after", next)]);
    }

    /// <summary>True on every page of a list but the first.</summary>
    public bool IsLater => Call.Query("after") is not null;

    private DateTimeOffset Local(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, Call.User?.Lender.TimeZone ?? TimeZoneInfo.Utc);
}
