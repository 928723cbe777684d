using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Staff;

/// <summary>
/// A manager disables an employee, who can neither sign in nor use a session. Disabling again changes nothing.
/// </summary>
public sealed class DisableStaff(StaffWrites writes, StaffChanges changes) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Disable an employee's sign-in at once on every server")
            .Returns<StaffMember>()
            .Refuses(Refusals.LastManager(), Refusals.NotFound("employee"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(
            call,
            "The sign-in is disabled.",
            (connection, context) =>
                changes.DisableAsync(
                    connection,
                    call.Caller.OrganisationId,
                    call.Path(StaffRoutes.StaffId),
                    context,
                    call.Cancellation
                )
        );
}
