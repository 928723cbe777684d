using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Staff;

/// <summary>Shows one employee.</summary>
public sealed class GetStaffMember(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show an employee").Returns<StaffMember>().Refuses(Refusals.NotFound("employee"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await StaffStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(StaffRoutes.StaffId),
            email: null,
            time.GetUtcNow(),
            call.Cancellation
        );
        return found is [var member] ? Answer.Success(member) : Answer.Refused(Refusals.NotFound("employee"));
    }
}
