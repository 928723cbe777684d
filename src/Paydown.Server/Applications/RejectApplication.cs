using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>A manager rejects an application that waits for a decision. The customer is shown the reason.</summary>
public sealed class RejectApplication(DecideApplication decisions, Ids ids)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [Field.Text("reason", "Shown to the customer.", 1, 255) with { Example = "The income could not be confirmed." }];

    public ValueTask<Answer> HandleAsync(Call call) =>
        decisions.RunAsync(
            call,
            (stored, _, context) =>
            {
                var status = stored.StatusAt(context.At);
                // An offer that was sent is cancelled, not rejected: rejecting it is the customer's.
                if (status != ApplicationStatus.Requested)
                {
                    return Refusals.ApplicationStateForbids(
                        ApplicationStates.Word(status),
                        "REJECTED by an officer",
                        [ApplicationStates.Word(ApplicationStatus.Requested)]
                    );
                }

                var reason = call.Body.Text("reason");
                return ApplicationChange
                    .Begin(stored, context)
                    .End(ApplicationStatus.Rejected, reason)
                    .Recorded(ids, "APPLICATION_REJECTED", new { Reason = reason });
            },
            _ => "The application is rejected."
        );
}
