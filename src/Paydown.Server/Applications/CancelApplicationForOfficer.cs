using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>A manager cancels an application before the loan is paid out.</summary>
public sealed class CancelApplicationForOfficer(DecideApplication decisions, Ids ids) : IUseCase
{
    private const string NoReason = "The lender cancelled the application.";

    private static readonly Field<string?> Reason = Field
        .Text("reason", "Why; the customer sees it.", 1, 255)
        .Optional()
        .WithExample("Applied for twice.");

    public static Contract Contract { get; } =
        new Contract("Cancel an application before the loan is paid out")
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
                if (ApplicationStates.Check(stored.StatusAt(context.At), ApplicationStatus.Cancelled) is { } refusal)
                    return refusal;
                var reason = call.Body.Get(Reason) ?? NoReason;
                return ApplicationChange
                    .Begin(stored, context)
                    .End(ApplicationStatus.Cancelled, reason)
                    .Recorded(ids, "APPLICATION_CANCELLED", new { Reason = reason });
            },
            _ => "The application is cancelled."
        );
}
