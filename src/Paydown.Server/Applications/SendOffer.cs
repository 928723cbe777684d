using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>
/// A manager sends the offer of an approved application, or a new offer if the accepted one can no longer be paid out.
/// </summary>
public sealed class SendOffer(DecideApplication decisions, Ids ids) : IUseCase
{
    private static readonly Field<DateOnly?> FirstDueDate = Field
        .Date(
            FirstDueRules.Field,
            "Another first due date than the approved one, within the product's range of days after payout."
        )
        .Optional()
        .NotInExamples();

    public static Contract Contract { get; } =
        new Contract("Send the offer of an approved application, or a new offer for an accepted one")
            .Reads(FirstDueDate)
            .Returns<OfficerApplication>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.ApplicationStateForbids("REJECTED", "APPROVED", ["REQUESTED"]),
                Refusals.OfferWasPaidOut(),
                Refusals.ValidationFailed()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        decisions.RunAsync(
            call,
            (stored, organisation, context) => Decide(stored, organisation, context, call.Body.Get(FirstDueDate)),
            stored => $"The offer is sent. It is valid until {stored.Offer!.ExpiresAt:yyyy-MM-dd'T'HH:mm'Z'}."
        );

    private Result<ApplicationChange> Decide(
        StoredApplication stored,
        Organisation organisation,
        ActionContext context,
        DateOnly? firstDueOn
    )
    {
        if (ApplicationStates.Check(stored.StatusAt(context.At), ApplicationStatus.OfferSent) is { } refusal)
            return refusal;
        if (stored.AccountId is not null)
            return Refusals.OfferWasPaidOut();
        var terms = stored.Approved! with { FirstDueOn = firstDueOn ?? stored.Approved.FirstDueOn };
        if (FirstDueRules.Check(stored.Product, terms.FirstDueOn, context.Today) is { } wrong)
            return Refusals.ValidationFailed(wrong);
        var change = ApplicationChange.Begin(stored, context).With(approved => approved with { Approved = terms });
        return ApplicationSteps
            .SendOffer(change, organisation.TimeZone)
            .Recorded(ids, "OFFER_SENT", new { terms.Duration, FirstDueDate = terms.FirstDueOn });
    }
}
