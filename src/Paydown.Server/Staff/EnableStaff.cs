using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Staff;

/// <summary>A manager enables an employee again. The password is as before; sessions stay ended.</summary>
public sealed class EnableStaff(StaffWrites writes, StaffChanges changes) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Enable an employee's sign-in again")
            .Returns<StaffMember>()
            .Refuses(Refusals.NotFound("employee"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(
            call,
            "The sign-in is enabled.",
            (connection, context) =>
                changes.EnableAsync(
                    connection,
                    call.Caller.OrganisationId,
                    call.Path(StaffRoutes.StaffId),
                    context,
                    call.Cancellation
                )
        );
}
