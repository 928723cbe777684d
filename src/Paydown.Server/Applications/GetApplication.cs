using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Applications;

/// <summary>
/// Shows an application to its customer, to the agent who made it, or to an officer of the organisation.
/// </summary>
public sealed class GetApplication(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show an application")
            .Returns<ApplicationDetails>()
            .Refuses(Refusals.NotFound("loan application"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var id = call.Path(ApplicationRoutes.LoanApplicationId);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored =
            call.Caller.Role == Role.Customer
                ? await ApplicationStore.FindAsync(
                    connection,
                    call.Caller.CustomerId,
                    id,
                    forUpdate: false,
                    call.Cancellation
                )
                : await ApplicationStore.FindInOrganisationAsync(
                    connection,
                    call.Caller.OrganisationId,
                    id,
                    forUpdate: false,
                    call.Cancellation
                );
        return stored is null || (call.Caller.Role == Role.Agent && stored.RequestedBy != call.Caller.UserId)
            ? Answer.Refused(Refusals.NotFound("loan application"))
            : Answer.Success(ApplicationDetails.Of(stored, time.GetUtcNow()));
    }
}
