using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Decides whose data a request may read: the one rule for all paths with a customer id. A customer may read their own
/// data; any other id gets the same refusal, whether it exists or not. An officer may name any customer, and those of
/// other organisations are not found, because every read is limited to the organisation of the caller.
/// </summary>
public static class Ownership
{
    /// <summary>Returns the refusal; null if the request may go on.</summary>
    public static Refusal? Check(Call call, CustomerId customerId) =>
        call.Caller.IsOfficer || call.Caller.Role == Role.Customer && customerId == call.Caller.CustomerId
            ? null
            : Refusals.NotYourOwn();
}
