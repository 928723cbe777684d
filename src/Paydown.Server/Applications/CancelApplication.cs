using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Applications;

/// <summary>A customer cancels an application before the loan is paid out.</summary>
public sealed class CancelApplication(SingleWrites writes) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Cancel an application")
            .Returns<ApplicationStanding>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.ApplicationStateForbids("DISBURSED", "CANCELLED", ["REQUESTED"])
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => CancelAsync(connection, call, context));

    private static async ValueTask<Answer> CancelAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var stored = await ApplicationStore.FindAsync(
            connection,
            call.Caller.CustomerId,
            call.Path(ApplicationRoutes.ApplicationId),
            forUpdate: true,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan application"));
        if (ApplicationStates.Check(stored.StatusAt(context.At), ApplicationStatus.Cancelled) is { } refusal)
            return Answer.Refused(refusal);
        var change = ApplicationChange
            .Begin(stored, context)
            .End(ApplicationStatus.Cancelled, "The customer cancelled the application.");
        await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
        return Answer.Success(ApplicationStanding.Of(change.After, context.At), "The application is cancelled.");
    }
}
