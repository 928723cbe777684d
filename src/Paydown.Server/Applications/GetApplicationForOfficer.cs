using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>Shows an officer an application with its score, checks and events.</summary>
public sealed class GetApplicationForOfficer(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show an application with its score, checks and events")
            .Returns<OfficerApplication>()
            .Refuses(Refusals.NotFound("loan application"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await ApplicationStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(ApplicationRoutes.Id),
            forUpdate: false,
            call.Cancellation
        );
        return stored is null
            ? Answer.Refused(Refusals.NotFound("loan application"))
            : Answer.Success(
                await OfficerApplication.WithEventsAsync(connection, stored, time.GetUtcNow(), call.Cancellation)
            );
    }
}
