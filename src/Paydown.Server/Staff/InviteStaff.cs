using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Staff;

/// <summary>
/// A manager adds an employee, who gets an invitation by mail and sets a password with it. The token is in the message
/// only: a manager who saw it could sign in as somebody else.
/// </summary>
public sealed class InviteStaff(SingleWrites writes, StaffChanges changes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Invite an employee by mail")
            .Reads(StaffBody.Fields)
            .Returns<StaffMember>()
            .Refuses(Refusals.EmailTaken(), Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var user = StaffBody.Read(call.Body, call.Caller.OrganisationId, ids.Next<UserId>());
        if (user.IsRefused)
            return Answer.Refused(user.Refusal);
        return await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var invited = await changes.InviteAsync(connection, user.Value, context, call.Cancellation);
                return invited.IsRefused
                    ? Answer.Refused(invited.Refusal)
                    : Answer.Success(invited.Value.Member, "The invitation is on its way. It works for 7 days.");
            }
        );
    }
}
