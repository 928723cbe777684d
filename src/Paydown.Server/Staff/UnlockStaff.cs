using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Staff;

/// <summary>A manager ends the lock that failed sign-ins of an employee, or of strangers, have caused.</summary>
public sealed class UnlockStaff(StaffWrites writes, StaffChanges changes) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Unlock an employee's sign-in").Returns<StaffMember>().Refuses(Refusals.NotFound("employee"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(
            call,
            "Failed sign-ins until now no longer count.",
            (connection, context) =>
                changes.UnlockAsync(
                    connection,
                    call.Caller.OrganisationId,
                    call.Path(StaffRoutes.StaffId),
                    context,
                    call.Cancellation
                )
        );
}
