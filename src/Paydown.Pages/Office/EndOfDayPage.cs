using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The business date, the newest runs, and the loans that were set aside.</summary>
public sealed record EndOfDayModel(EndOfDay Day);

/// <summary>Shows and starts the end of the day.</summary>
internal static class EndOfDayPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var day = await call.Api.EndOfDay.GetAsync(call.Cancelled);
        return PageAnswer.Show<EndOfDayView, EndOfDayModel>("End of day", new(day));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var date = call.Form.DayOrNull("date");
        call.Form.ThrowIfWrong();
        await call.Api.EndOfDay.StartAsync(date, call.Form.Key, call.Cancelled);
        return PageAnswer.Go("/office/settings/end-of-day?done=ok");
    }
}
