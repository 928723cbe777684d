using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Staff;

/// <summary>
/// A manager removes the password of an employee, ends the sessions, and has a new invitation mailed.
/// </summary>
public sealed class ResetStaffSignIn(StaffWrites writes, StaffChanges changes) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Reset an employee's sign-in, and send a new invitation")
            .Returns<StaffMember>()
            .Refuses(Refusals.LastManager(), Refusals.NotFound("employee"), Refusals.StaffDisabled());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(
            call,
            "The sign-in is reset, and a new invitation is on its way.",
            (connection, context) =>
                changes.ResetSignInAsync(
                    connection,
                    call.Caller.OrganisationId,
                    call.Path(StaffRoutes.StaffId),
                    isOperator: false,
                    context,
                    call.Cancellation
                )
        );
}
