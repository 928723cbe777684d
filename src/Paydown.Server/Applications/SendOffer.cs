using Paydown.Lending.Applications;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>A manager sends the offer of an approved application.</summary>
public sealed class SendOffer(DecideApplication decisions, ApplicationSteps steps, Ids ids)
{
    public ValueTask<Answer> HandleAsync(Call call) => decisions.RunAsync(
        call,
        (file, organisation, occasion) =>
            ApplicationStates.Check(file.StatusAt(occasion.At), ApplicationStatus.OfferSent) is { } refusal
                ? refusal
                : steps.SendOffer(ApplicationChange.Begin(file, occasion), organisation.TimeZone)
                    .Recorded(ids, "OFFER_SENT", new { file.Approved!.Duration }),
        file => $"The offer is sent; it holds until {file.Offer!.ExpiresAt:yyyy-MM-dd'T'HH:mm'Z'}.");
}
