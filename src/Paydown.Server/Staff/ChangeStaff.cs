using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Staff;

/// <summary>A manager replaces e-mail, name and role of an employee.</summary>
public sealed class ChangeStaff(StaffWrites writes, StaffChanges changes) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Change an employee. Another role ends the employee's sessions")
            .Reads(StaffBody.Fields)
            .Returns<StaffMember>()
            .Refuses(
                Refusals.EmailTaken(),
                Refusals.LastManager(),
                Refusals.NotFound("employee"),
                Refusals.ValidationFailed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var user = StaffBody.Read(call.Body, call.Caller.OrganisationId, call.Path(StaffRoutes.StaffId));
        if (user.IsRefused)
            return Answer.Refused(user.Refusal);
        return await writes.RunAsync(
            call,
            "The employee is changed.",
            (connection, context) => changes.ChangeAsync(connection, user.Value, context, call.Cancellation)
        );
    }
}
