using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>A customer rejects an offer.</summary>
public sealed class RejectOffer(AnswerOffer offers) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Reject an offer")
            .Returns<ApplicationStanding>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.ApplicationStateForbids("EXPIRED", "ACCEPTED", ["OFFER_SENT"])
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        offers.RunAsync(
            call,
            call.Path(ApplicationRoutes.ApplicationId),
            ApplicationStatus.Rejected,
            (stored, now) => Answer.Success(ApplicationStanding.Of(stored, now), "The offer is rejected.")
        );
}
