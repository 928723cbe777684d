using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>A customer accepts an offer, or withdraws the application.</summary>
public sealed class UpdateApplication(AnswerOffer offers) : IUseCase
{
    private static readonly Field<bool> Status = Field.Boolean(
        "status",
        "True accepts the offer; false withdraws the application."
    );

    public static Contract Contract { get; } =
        new Contract("Accept an offer, or withdraw the application")
            .Takes(Status)
            .Returns<UpdatedApplication>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.ApplicationStateForbids("EXPIRED", "ACCEPTED", ["OFFER_SENT"])
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        offers.RunAsync(
            call,
            call.Path(ApplicationRoutes.LoanApplicationId),
            call.Query.Get(Status) ? ApplicationStatus.Accepted : ApplicationStatus.Withdrawn,
            (stored, now) => Answer.Success(UpdatedApplication.Of(stored, now))
        );
}
