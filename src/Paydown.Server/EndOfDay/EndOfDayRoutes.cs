using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.EndOfDay;

/// <summary>The end of the day: what the passing of time does to loans.</summary>
public static class EndOfDayRoutes
{
    public static void MapEndOfDay(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: end of day");
        officers.Get<GetEndOfDay>("admin/end-of-day", Manager, None);
        officers.Post<StartEndOfDay>("admin/end-of-day", Manager, None);
    }
}
