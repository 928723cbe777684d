using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Organisations;

/// <summary>
/// The occasion of a request: its caller, this instant, and the day that it is at the caller's organisation.
/// </summary>
public static class ActionContexts
{
    public static async ValueTask<ActionContext> OccasionAsync(
        this OrganisationDirectory organisations,
        Call call,
        TimeProvider time
    )
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return new ActionContext(
            call.Caller.UserId,
            ActionContext.InstantOf(time),
            organisation.Today(time),
            call.InteractionId
        );
    }
}
