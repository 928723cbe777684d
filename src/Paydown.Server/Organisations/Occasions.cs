using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Organisations;

/// <summary>
/// The occasion of a request: its caller, this instant, and the day that it is at the caller's organisation.
/// </summary>
public static class Occasions
{
    public static async ValueTask<Occasion> OccasionAsync(
        this OrganisationDirectory organisations, Call call, TimeProvider time)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        // The database keeps microseconds: what is answered now is what is read later.
        var now = time.GetUtcNow();
        var at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return new Occasion(call.Caller.UserId, at, organisation.Today(time), call.InteractionId);
    }
}
