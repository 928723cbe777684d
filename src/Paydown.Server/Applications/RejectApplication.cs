using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>A manager rejects an application that awaits a decision. The customer sees the reason.</summary>
public sealed class RejectApplication(DecideApplication decisions, Ids ids) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why; the customer sees it.", 1, 255)
        .WithExample("The income could not be confirmed.");

    public static Contract Contract { get; } =
        new Contract("Reject an application")
            .Reads(Reason)
            .Returns<OfficerApplication>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.ApplicationStateForbids("REJECTED", "APPROVED", ["REQUESTED"])
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        decisions.RunAsync(
            call,
            (stored, _, context) =>
            {
                var status = stored.StatusAt(context.At);
                // After an offer is sent, only its customer can reject it; an officer cancels it.
                if (status != ApplicationStatus.Requested)
                {
                    return Refusals.ApplicationStateForbids(
                        ApplicationStates.Word(status),
                        "REJECTED by an officer",
                        [ApplicationStates.Word(ApplicationStatus.Requested)]
                    );
                }

                var reason = call.Body.Get(Reason);
                return ApplicationChange
                    .Begin(stored, context)
                    .End(ApplicationStatus.Rejected, reason)
                    .Recorded(ids, "APPLICATION_REJECTED", new { Reason = reason });
            },
            _ => "The application is rejected."
        );
}
