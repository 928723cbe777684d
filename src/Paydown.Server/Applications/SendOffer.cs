using Paydown.Lending;
using Paydown.Lending.Applications;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>
/// A manager sends the offer of an approved application, or a new one if the accepted offer can no longer be paid out.
/// </summary>
public sealed class SendOffer(DecideApplication decisions, ApplicationSteps steps, Ids ids)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field
            .Date(
                FirstDueRules.Field,
                "Another first due date than the approved one, within the product's days after payout."
            )
            .Optional()
            .NotInExamples(),
    ];

    public ValueTask<Answer> HandleAsync(Call call) =>
        decisions.RunAsync(
            call,
            (file, organisation, occasion) =>
                Decide(file, organisation, occasion, call.Body.DateOrNull(FirstDueRules.Field)),
            file => $"The offer is sent; it holds until {file.Offer!.ExpiresAt:yyyy-MM-dd'T'HH:mm'Z'}."
        );

    private Result<ApplicationChange> Decide(
        ApplicationFile file,
        Organisation organisation,
        Occasion occasion,
        DateOnly? firstDueOn
    )
    {
        if (ApplicationStates.Check(file.StatusAt(occasion.At), ApplicationStatus.OfferSent) is { } refusal)
            return refusal;
        var terms = file.Approved! with { FirstDueOn = firstDueOn ?? file.Approved.FirstDueOn };
        if (FirstDueRules.Check(file.Product, terms.FirstDueOn, occasion.Today) is { } wrong)
            return Refusals.ValidationFailed(wrong);
        var change = ApplicationChange.Begin(file, occasion).With(approved => approved with { Approved = terms });
        return steps
            .SendOffer(change, organisation.TimeZone)
            .Recorded(ids, "OFFER_SENT", new { terms.Duration, FirstDueDate = terms.FirstDueOn });
    }
}
