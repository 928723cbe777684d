using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Whose data a request may ask for: the one rule for all paths that name a customer. A customer asks for their own and
/// is refused all else in the same words, whether it exists or not. An officer may ask for any customer; those outside
/// the organisation are then not found, since every read is limited to the organisation of the caller.
/// </summary>
public static class Ownership
{
    /// <summary>The refusal; null where the request may go on.</summary>
    public static Refusal? Check(Call call, Guid customerId) =>
        call.Caller.IsOfficer || call.Caller.Role == Role.Customer && customerId == call.Caller.UserId
            ? null
            : Refusals.NotYourOwn();
}
