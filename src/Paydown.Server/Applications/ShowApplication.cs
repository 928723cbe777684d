using Npgsql;
using Paydown.Lending;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>Shows an application to its customer, or to an officer of the organisation.</summary>
public sealed class ShowApplication(NpgsqlDataSource database, TimeProvider time)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var id = call.PathId("loan-application-id");
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var file = call.Caller.IsOfficer
            ? await ApplicationStore.FindInOrganisationAsync(
                connection, call.Caller.OrganisationId, id, forUpdate: false, call.Cancellation)
            : await ApplicationStore.FindAsync(connection, call.Caller.UserId, id, forUpdate: false, call.Cancellation);
        return file is null
            ? Answer.Refused(Refusals.NotFound("loan application"))
            : Answer.Success(ApplicationDetails.Of(file, time.GetUtcNow()));
    }
}
