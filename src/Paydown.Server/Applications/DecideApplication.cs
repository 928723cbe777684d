using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Applications;

/// <summary>
/// Runs a manager's decision on an application: it locks the application, changes it or refuses, and returns it with
/// its events.
/// </summary>
public sealed class DecideApplication(SingleWrites writes, OrganisationDirectory organisations)
{
    /// <summary>Runs a decision once per idempotency key.</summary>
    /// <param name="call">A call whose path has the application's <c>id</c>.</param>
    /// <param name="decide">Returns the change, or a refusal.</param>
    /// <param name="message">The response's message about the changed application.</param>
    public async ValueTask<Answer> RunAsync(
        Call call,
        Func<StoredApplication, Organisation, ActionContext, Result<ApplicationChange>> decide,
        Func<StoredApplication, string> message
    )
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var stored = await FindAsync(connection, call);
                if (stored is null)
                    return Answer.Refused(Refusals.NotFound("loan application"));
                var change = decide(stored, organisation, context);
                if (change.IsRefused)
                    return Answer.Refused(change.Refusal);
                await ApplicationChangeStore.WriteAsync(connection, change.Value, call.Cancellation);
                var after = change.Value.After;
                return Answer.Success(
                    await OfficerApplication.WithEventsAsync(connection, after, context.At, call.Cancellation),
                    message(after)
                );
            }
        );
    }

    private static Task<StoredApplication?> FindAsync(NpgsqlConnection connection, Call call) =>
        ApplicationStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(ApplicationRoutes.Id),
            forUpdate: true,
            call.Cancellation
        );
}
